import { z } from 'zod/v3';
import { childAccessFields } from '../child-access';
import { planHashSchema } from '../plan-hash';
import {
  deploymentModeSchema,
  deploymentRequestSchema,
} from './deployment-request';
import { databaseLevelSchema } from './database-level';
import { syncSourceSchema } from './sync-source';

/** A cluster, and how it is reached. */
const clusterAccessSchema = z
  .object({
    /** As the configuration calls it. */
    name: z.string().min(1),
    /** Of its API server. */
    url: z.string().url(),
    /** Who signed the server's certificate, base64 of PEM; absent: whoever the machine trusts. */
    caData: z.string().min(1).optional(),
    /** Bearer token. */
    token: z.string().min(1).optional(),
  })
  .strict();

/** @public */
export type ClusterAccess = z.output<typeof clusterAccessSchema>;

/** What a child process of the portal may reach for a deployment. */
const deploymentAccessSchema = z
  .object({
    ...childAccessFields,
    /**
     * The whole value of the Authorization header for each of these repositories; every other one, such as a base that an
     * overlay names, is read anonymously.
     */
    authorizations: z.array(
      z.object({ repository: z.string(), authorization: z.string() }).strict(),
    ),
    /** The forges whose pull requests may be opened and read; absent: none. A token goes to `apiBaseUrl` alone. */
    forges: z
      .array(
        z
          .object({
            kind: z.enum(['github', 'gitlab']),
            /** Host of the repositories: `github.com`. */
            host: z.string().min(1),
            /** `https://api.github.com`, `https://gitlab.com/api/v4` */
            apiBaseUrl: z.string().url(),
            token: z.string().optional(),
          })
          .strict(),
      )
      .optional(),
    /** Program that holds kustomize, a path or a name on PATH; absent: kustomize, else kubectl. */
    kustomize: z.string().min(1).optional(),
    /** Absolute folder that keeps what was read of remote bases; absent: nothing is kept. */
    baseCache: z.string().min(1).optional(),
    /** Absolute folder that keeps what kustomize made of the same files before; absent: nothing is kept. */
    renderCache: z.string().min(1).optional(),
    /** Of the environment; absent: none is configured. */
    cluster: clusterAccessSchema.optional(),
    /** The cluster of the environment that a version is promoted from; absent: none is configured for it. */
    source: z
      .object({
        environment: z.string().min(1),
        cluster: clusterAccessSchema,
        /** Template of its namespace; absent: `{component}-{environment}`. */
        namespace: z.string().min(1).optional(),
      })
      .strict()
      .optional(),
  })
  .strict();

/** What the platform engineer decided of the environment (`dojo.environments`). */
const deploymentPolicySchema = z
  .object({
    /** Template of the namespace; absent: `{component}-{environment}`. */
    namespace: z.string().min(1).optional(),
    /** How a change lands where the request does not say it; absent: by commit. */
    mode: deploymentModeSchema.optional(),
    /** Somebody else than who asks for it lands a change. */
    approval: z.boolean().optional(),
    /** Environment before it, from which it is promoted to; absent: there is none. */
    promotesFrom: z.string().min(1).optional(),
    /** Whether nothing else gets in than what is there, but a rollback; absent: what `approval` is. */
    promotedOnly: z.boolean().optional(),
    /** As they are written: `Fri 16:00 - Mon 08:00 Europe/Rome`. */
    freeze: z.array(z.string()),
    /** What the git modes wait for; absent: nothing. */
    sync: syncSourceSchema.optional(),
  })
  .strict();

/** What a child process of the portal is asked to deploy. */
export const deploymentChildRequestSchema = z
  .object({
    kind: z.literal('deployment'),
    /** How far it goes. `plan`: it reads and plans, and writes nothing; `run`: it carries the plan out. */
    mode: z.enum(['plan', 'run']),
    request: deploymentRequestSchema,
    access: deploymentAccessSchema,
    policy: deploymentPolicySchema,
    /** Who asks for it, for the commit's message. */
    requester: z.string().min(1),
    /** Of the environment's database; absent: it has none, or its level is not known. */
    database: databaseLevelSchema.optional(),
    /** Of the reviewed plan: a conflict when the plan made now is another one. */
    planHash: planHashSchema.optional(),
  })
  .strict();

/** @public */
export type DeploymentChildRequest = z.output<
  typeof deploymentChildRequestSchema
>;

/** @public */
export type DeploymentAccess = DeploymentChildRequest['access'];
