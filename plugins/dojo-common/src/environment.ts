import { z } from 'zod/v3';

/** One environment of `dojo.environments`. */
export const environmentSchema = z.object({
  name: z.string(),
  /** Whether a database of it can be migrated from here: its `database` is configured. */
  migrates: z.boolean(),
});

/** @public */
export type Environment = z.infer<typeof environmentSchema>;

/** The answer of `GET /api/dojo/environments`: all of them, in the order of the configuration. */
export const environmentsSchema = z.array(environmentSchema);
