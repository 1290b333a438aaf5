import type { ShownMigration } from '../migration/migration-plan';

/** A file of a plan, in one transaction unless `file` says otherwise. */
export function shownMigration(
  file: Pick<ShownMigration, 'id'> & Partial<ShownMigration>,
): ShownMigration {
  return {
    file: `${file.id}.sql`,
    sql: 'SELECT 1;\n',
    statements: [{ line: 1, verb: 'SELECT', kind: 'other' }],
    transaction: 'one',
    breaking: false,
    irreversible: false,
    asserts: [],
    ...file,
  };
}
