import { z } from 'zod/v3';

/**
 * What a child process of the portal may reach, whatever it is asked to do there, and with which credentials. They travel
 * on its standard input, which no other process sees.
 */
export const childAccessFields = {
  /** Who its commits are by. */
  author: z.object({ name: z.string(), email: z.string() }).strict(),
  /** Hosts that repositories may be on, `host` or `host:port`. */
  allowedHosts: z.array(z.string()),
  /** Absolute folder that repositories of this machine are below. */
  localRoot: z.string().min(1),
  /** The image registries that may be reached. */
  registries: z.array(
    z
      .object({
        host: z.string(),
        username: z.string().optional(),
        password: z.string().optional(),
        plainHttp: z.boolean().optional(),
        missing: z.string().optional(),
      })
      .strict(),
  ),
};
