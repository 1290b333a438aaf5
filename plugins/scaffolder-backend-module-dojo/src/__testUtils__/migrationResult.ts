import type { MigrationResult } from 'backstage-plugin-dojo-common';

const planHash = 'a'.repeat(64);

/** A migration to `0002_tags`, as the engine returns it. */
export function migrationResult(
  outcome: MigrationResult['outcome'],
): MigrationResult {
  return {
    outcome,
    version: '1.1.0',
    from: '0001_core',
    to: '0002_tags',
    applied: ['0002_tags'],
    backup: '20261122T071530123Z-0001',
    downtime: 120,
    planHash,
    effects: [],
    plan: {
      kind: 'migrate',
      decides: {
        operation: 'migrate',
        database: '/databases/ledger.duckdb',
        from: '0001_core',
        migrations: [],
        caches: [],
        order: 'file',
        keepBackups: 3,
      },
      shows: {
        reason: '1 migration is pending',
        engine: 'v1.5.5',
        migrations: [],
        findings: [
          {
            code: 'LINT_KEYS_LOST',
            severity: 'warning',
            file: '0002_tags.sql',
            line: 3,
            message: 'CREATE OR REPLACE loses the keys of tag',
          },
          { code: 'SPLIT', severity: 'note', message: '0002_tags is split' },
        ],
        backups: [],
        effects: [
          {
            key: 'database /databases/ledger.duckdb',
            text: 'bring it from 0001_core to 0002_tags',
            already: false,
          },
        ],
        warnings: ['the database was written by a newer DuckDB'],
      },
    },
  };
}
