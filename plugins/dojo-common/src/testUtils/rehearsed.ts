import type { Rehearsal } from '../migration/migration-plan';

/** What a rehearsal of `plannedMigration` did, changed as given. */
export function rehearsed(changes: Partial<Rehearsal> = {}): Rehearsal {
  return {
    statements: [
      {
        id: '0014_reconciliation',
        line: 2,
        verb: 'CREATE TABLE',
        duration: 0.42,
      },
      {
        id: '0014_reconciliation',
        line: 3,
        verb: 'UPDATE',
        rows: 12_345,
        duration: 31.6,
      },
      { id: 'caches/accounts', line: 1, verb: 'UPDATE', rows: 8, duration: 3 },
    ],
    duration: 1_240,
    diskBytes: 5_300_000,
    sizeAfter: 2_900_000,
    split: [],
    ...changes,
  };
}
