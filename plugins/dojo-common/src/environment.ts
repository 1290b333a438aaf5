import { z } from 'zod/v3';
import { deploymentModeSchema } from './deployment/deployment-request';

/** One environment of `dojo.environments`. */
export const environmentSchema = z.object({
  name: z.string(),
  /** Whether a database of it can be migrated from here: its `database` is configured. */
  migrates: z.boolean(),
  /** Whether components can be deployed to it from here: an infra repository is configured. */
  deploys: z.boolean(),
  /** The environment before it, from which it is promoted to; absent: it is the first. */
  promotesFrom: z.string().optional(),
  /** Whether nothing else gets in than what is in `promotesFrom`, but a rollback; absent: any version gets in. */
  promotedOnly: z.boolean().optional(),
  /** How a change lands there where a request does not say it; absent: nothing is deployed to it from here. */
  mode: deploymentModeSchema.optional(),
  /** Name of the cluster where its components run; absent: none is asked. */
  cluster: z.string().optional(),
  /** Whether somebody else than who asks for it lands a change. */
  approval: z.boolean().optional(),
});

/** @public */
export type Environment = z.infer<typeof environmentSchema>;

/** The answer of `GET /api/dojo/environments`: all of them, in the order of the configuration. */
export const environmentsSchema = z.array(environmentSchema);
