import type { MigrationResult } from '../migration/migration-result';
import { plannedMigration } from './planned-migration';

/** The answer where lint and preflight refuse. */
export function refusedMigration(): MigrationResult {
  return plannedMigration({
    reason: 'Nothing runs: 2 errors must be corrected first',
    findings: [
      {
        code: 'LINT_ADD_COLUMN_NOT_NULL',
        severity: 'warning',
        file: '0014_reconciliation.sql',
        line: 3,
        message: 'the column gets no default',
      },
      {
        code: 'LINT_EMBEDDED_TRANSACTION',
        severity: 'error',
        file: '0014_reconciliation.sql',
        line: 2,
        message: 'COMMIT ends the transaction that the migration runs in',
        hint: 'CREATE TABLE reconciliations (id BIGINT);',
      },
      {
        code: 'APPLIED_EDITED',
        severity: 'error',
        file: '0007_transfers.sql',
        message: '0007_transfers.sql was changed after it was applied',
        hint: 'Put it back as it was.',
      },
    ],
  });
}
