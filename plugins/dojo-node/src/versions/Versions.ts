import type { ComponentVersions } from 'backstage-plugin-dojo-common';
import type { DojoPlanOptions } from '../access/DojoCallOptions';

/** The versions of components. @public */
export interface Versions {
  /** Highest first, from the tags of the component's repository. Needs `dojo.delivery.read` on the component. */
  list(
    request: { readonly component: string },
    options: DojoPlanOptions,
  ): Promise<ComponentVersions>;
}
