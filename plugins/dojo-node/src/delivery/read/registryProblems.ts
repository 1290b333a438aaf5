import type { LoggerService } from '@backstage/backend-plugin-api';
import { type DojoErrorJson, isDojoError } from 'backstage-plugin-dojo-common';
import {
  createImageOpener,
  type RegistryConfig,
} from 'dojo-portal-core/release';

/** Says of an image whether the configuration has half of its registry's credentials; asks no registry. */
export function registryProblems(
  registries: readonly RegistryConfig[],
): (image: string) => DojoErrorJson | undefined {
  const open = createImageOpener({ registries, allow: 'any' });
  return image => {
    try {
      open(image);
    } catch (error) {
      if (isDojoError(error) && error.code === 'REGISTRY_KEY_MISSING') {
        return error.toJSON();
      }
      // Whoever asks the registry finds out what else is wrong with the image.
    }
    return undefined;
  };
}

/** Says in the log which keys are missing: whoever starts the portal looks there first. */
export function warnOfRegistries(
  registries: readonly RegistryConfig[],
  logger: Pick<LoggerService, 'warn'>,
): void {
  for (const { host, missing } of registries) {
    if (missing === undefined) continue;
    logger.warn(`${missing} is missing: the registry ${host} is not asked`);
  }
}
