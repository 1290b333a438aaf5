import { z } from 'zod/v3';
import { childAccessFields } from '../child-access';
import { planHashSchema } from '../plan-hash';
import { releaseRequestSchema } from './release-request';

/** What a child process of the portal may reach for a release. */
const releaseAccessSchema = z
  .object({
    ...childAccessFields,
    /** The whole value of the Authorization header for the repository; absent: it is read anonymously. */
    authorization: z.string().optional(),
    /** The page of the repository that people read, for links; absent: it has none, or it is that of the forge below. */
    page: z
      .object({ kind: z.enum(['github', 'gitlab']), url: z.string() })
      .strict()
      .optional(),
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
