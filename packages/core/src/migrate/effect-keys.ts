/**
 * The natural keys of a migration's effects: one identity per change, stable over runs. Plan and execute build them
 * here and nowhere else.
 */

/** What was there before, kept beside the database. */
export function backupKey(database: string): string {
  return `backup ${database}`;
}

/** The database itself: exactly the old one, or exactly the new one. */
export function databaseKey(database: string): string {
  return `database ${database}`;
}
