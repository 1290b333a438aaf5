import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of reaching a database from the portal. */
export const databaseErrors = {
  /** Another task of this portal has the database. */
  databaseBusy: (sentence: string) =>
    new DojoError({
      code: 'DATABASE_BUSY',
      kind: 'conflict',
      message: sentence,
      hint: 'Try again when it has ended.',
    }),
  /** The folder is there at that version, and holds none. */
  migrationsNone: (component: string, folder: string, version: string) =>
    new DojoError({
      code: 'MIGRATIONS_NONE',
      kind: 'not-found',
      message: `${component} has no migrations: the folder ${folder} of version ${version} holds no .sql file`,
      hint: 'Name the folder in the annotation dojo/migrations, or choose another version.',
    }),
  /** It took longer than it was given. */
  databaseDeadline: (what: string, deadline: string) =>
    new DojoError({
      code: 'DATABASE_DEADLINE',
      kind: 'unavailable',
      message: `${what} took longer than ${deadline} and was stopped; the database is as it was`,
      hint: 'Give it a longer deadline; a rehearsal says how long it takes.',
    }),
};
