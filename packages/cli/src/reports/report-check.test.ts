import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import { reportCheck } from './report-check';

const check: MigrationCheck = {
  outcome: 'pending',
  database: '/data/ledger.duckdb',
  head: '0002_tags',
  applied: ['0001_core', '0002_tags'],
  pending: ['0003_payees'],
  findings: [],
};

describe('reportCheck', () => {
  it('tells where the database is and what is pending', () => {
    expect(reportCheck(check)).toBe(`\
Pending: /data/ledger.duckdb is at 0002_tags (2 applied, 1 pending)

Pending (1)

  0003_payees
`);
  });

  it.each<[Partial<MigrationCheck>, string]>([
    [
      { outcome: 'current', pending: [] },
      'Current: /data/ledger.duckdb is at 0002_tags (2 applied)\n',
    ],
    [
      { outcome: 'current', pending: [], database: undefined },
      'Valid: 0 migrations\n',
    ],
    [
      { head: undefined, applied: [] },
      'Pending: /data/ledger.duckdb is at no migration (0 applied, 1 pending)',
    ],
    [
      {
        outcome: 'refused',
        findings: [
          {
            code: 'MIGRATION_GAP',
            severity: 'error',
            file: '0005_x.sql',
            message: '0004 is missing before 0005_x.sql',
          },
        ],
      },
      'Refused: /data/ledger.duckdb has 1 error\n',
    ],
  ])('says it in its first words: %j', (more, text) => {
    expect(reportCheck({ ...check, ...more })).toContain(text);
  });

  it('shortens a long list and says so', () => {
    const pending = Array.from({ length: 23 }, (_, at) => `${1000 + at}_x`);
    const text = reportCheck({ ...check, pending });
    expect(text).toContain('1019_x\n  … 3 more');
    expect(text).not.toContain('1020_x');
  });
});
