import {
  deploymentModeSchema,
  syncSourceSchema,
} from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import { deployErrors } from './deploy-errors';
import type { DeploymentPolicy } from './deployment-policy';
import { parseFreezeWindow } from './freeze/freeze-window';
import { parseAppConfig } from './parse-app-config';

const environmentSchema = z
  .object({
    name: z.string().min(1),
    namespace: z.string().min(1).optional(),
    cluster: z.string().min(1).optional(),
    mode: deploymentModeSchema.optional(),
    approval: z.boolean().optional(),
    promotesFrom: z.string().min(1).optional(),
    promotedOnly: z.boolean().optional(),
    sync: syncSourceSchema.optional(),
    freeze: z.array(z.string()).optional(),
  })
  .refine(
    ({ promotesFrom, promotedOnly }) =>
      !promotedOnly || promotesFrom !== undefined,
    {
      path: ['promotedOnly'],
      message: 'needs promotesFrom: it names the environment to promote from',
    },
  );

/** Of a portal's configuration, all that this reads. */
const configSchema = z.object({
  dojo: z.object({ environments: z.array(environmentSchema) }),
});

/**
 * The policy of an environment in the text of an app-config.yaml.
 *
 * @param path - for messages.
 * @throws DojoError DEPLOY_CONFIG_INVALID, DEPLOY_ENVIRONMENT_UNKNOWN, FREEZE_WINDOW_INVALID: a window that cannot be read is
 * never taken for none, in whichever environment it stands.
 */
export function readPolicy(
  text: string,
  environment: string,
  path: string,
): DeploymentPolicy {
  const { environments } = parseAppConfig(text, configSchema, path).dojo;
  const policies = environments.map(
    ({
      name,
      freeze = [],
      namespace,
      cluster,
      mode,
      approval,
      promotesFrom,
      promotedOnly,
      sync,
    }) => ({
      name,
      policy: {
        freeze: freeze.map(parseFreezeWindow),
        ...(namespace !== undefined && { namespace }),
        ...(cluster !== undefined && { cluster }),
        ...(mode !== undefined && { mode }),
        ...(approval !== undefined && { approval }),
        ...(promotesFrom !== undefined && { promotesFrom }),
        ...(promotedOnly !== undefined && { promotedOnly }),
        ...(sync !== undefined && { sync }),
      },
    }),
  );
  const found = policies.find(({ name }) => name === environment);
  if (found !== undefined) return found.policy;
  throw deployErrors.environmentUnknown(
    environment,
    policies.map(({ name }) => name),
  );
}
