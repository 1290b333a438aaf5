import { z } from 'zod/v3';

/** How far the database of an environment is migrated, for a deployment that goes by it. */
export const databaseLevelSchema = z
  .object({
    /** Folder of the migrations in the service's repository: `migrations`. */
    migrations: z.string().min(1).max(500),
    /** Id of the last applied migration, `0013_tags`; absent: none is applied. */
    level: z.string().min(1).max(200).optional(),
  })
  .strict();

/** @public */
export type DatabaseLevel = z.output<typeof databaseLevelSchema>;
