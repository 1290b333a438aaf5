import { z } from 'zod/v3';
import { childAccessFields } from '../child-access';
import { planHashSchema } from '../plan-hash';
import {
  deploymentModeSchema,
  deploymentRequestSchema,
} from './deployment-request';

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
    /** Program that holds kustomize, a path or a name on PATH; absent: kustomize, else kubectl. */
    kustomize: z.string().min(1).optional(),
    /** Absolute folder that keeps what was read of remote bases; absent: nothing is kept. */
    baseCache: z.string().min(1).optional(),
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
    /** As they are written: `Fri 16:00 - Mon 08:00 Europe/Rome`. */
    freeze: z.array(z.string()),
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
