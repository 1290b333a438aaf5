import { z } from 'zod/v3';
import { planHashSchema } from '../plan-hash';
import { releaseRequestSchema } from './release-request';

/**
 * What a child process of the portal may reach for a release, and with which credentials. They travel on its standard
 * input, which no other process sees.
 */
const releaseAccessSchema = z
  .object({
    /** Who the release commit and its tag are by. */
    author: z.object({ name: z.string(), email: z.string() }).strict(),
    /** Hosts that the repository may be on, `host` or `host:port`. */
    allowedHosts: z.array(z.string()),
    /** Absolute folder that repositories of this machine are below. */
    localRoot: z.string().min(1),
    /** The whole value of the Authorization header for the repository; absent: it is read anonymously. */
    authorization: z.string().optional(),
    /** The image registries that may be reached. */
    registries: z.array(
      z
        .object({
          host: z.string(),
          username: z.string().optional(),
          password: z.string().optional(),
          plainHttp: z.boolean().optional(),
        })
        .strict(),
    ),
    /** The forges whose releases may be written. */
    githubs: z.array(
      z
        .object({
          host: z.string(),
          apiBaseUrl: z.string(),
          token: z.string().optional(),
        })
        .strict(),
    ),
  })
  .strict();

/** What a child process of the portal is asked to release. */
export const releaseChildRequestSchema = z
  .object({
    kind: z.literal('release'),
    /** How far it goes. `plan`: it reads and plans, and writes nothing; `run`: it carries the plan out. */
    mode: z.enum(['plan', 'run']),
    request: releaseRequestSchema,
    access: releaseAccessSchema,
    /** Of the reviewed plan: a conflict when the plan made now is another one. */
    planHash: planHashSchema.optional(),
  })
  .strict();

/** @public */
export type ReleaseChildRequest = z.output<typeof releaseChildRequestSchema>;

/** @public */
export type ReleaseAccess = ReleaseChildRequest['access'];
