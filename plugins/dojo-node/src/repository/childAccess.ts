import { join } from 'node:path';
import type {
  DeploymentAccess,
  ReleaseAccess,
} from 'backstage-plugin-dojo-common';
import type { DojoConfig } from '../config/readDojoConfig';

/** What every child may reach, as far as the configuration allows. */
export function toChildAccess(
  config: DojoConfig,
): Pick<
  DeploymentAccess & ReleaseAccess,
  'author' | 'allowedHosts' | 'localRoot' | 'registries'
> {
  return {
    author: config.author,
    allowedHosts: [...config.allowedHosts],
    // Without a forge, a folder that nothing is ever below.
    localRoot:
      config.localForgeRoot ?? join(config.temporaryRoot, 'no-local-forge'),
    registries: [...config.registries],
  };
}
