import { migrationCheckSchema } from 'backstage-plugin-dojo-common';
import { readFiles } from './__testUtils__/sql-files';
import type { DatabaseState } from './database-state';
import { toMigrationCheck } from './to-migration-check';

const good = readFiles({
  '0001_core.sql': 'CREATE TABLE t (a INTEGER)',
  '0002_tags.sql': 'CREATE TABLE u (a INTEGER)',
});

function database(...ids: string[]): DatabaseState {
  return {
    database: '/l.duckdb',
    engine: 'v1.5.5',
    backups: [],
    file: {
      bytes: 1,
      walBytes: 0,
      storage: 64,
      creator: '',
      fingerprint: 'f',
      applied: ids.map(id => ({ id })),
    },
  };
}

describe('toMigrationCheck', () => {
  it.each([
    ['current', ['0001', '0002'], '0002_tags', []],
    ['pending', ['0001.sql'], '0001_core', ['0002_tags']],
    ['pending', [], undefined, ['0001_core', '0002_tags']],
  ])('says %s where %s is applied', (outcome, applied, head, pending) => {
    const check = toMigrationCheck(
      database(...applied),
      good.set,
      good.findings,
    );
    expect(check).toEqual({
      outcome,
      database: '/l.duckdb',
      ...(head && { head }),
      applied: ['0001_core', '0002_tags'].slice(0, applied.length),
      pending,
      findings: [],
    });
    expect(migrationCheckSchema.parse(check)).toEqual(check);
  });

  it('reads the folder alone, all of it as pending', () => {
    const bad = readFiles({ '0001_core.sql': 'COMMIT' });
    expect(toMigrationCheck(undefined, bad.set, bad.findings)).toEqual({
      outcome: 'refused',
      applied: [],
      pending: ['0001_core'],
      findings: [
        expect.objectContaining({ code: 'LINT_EMBEDDED_TRANSACTION' }),
      ],
    });
  });

  it('refuses what preflight refuses, and lints no applied file', () => {
    const { set, findings } = readFiles({
      '0001_core.sql': 'COMMIT',
      '0002_tags.sql': 'SELECT 1',
    });
    expect(
      toMigrationCheck(database('0001', '0003_x'), set, findings),
    ).toMatchObject({
      outcome: 'refused',
      findings: [
        expect.objectContaining({ code: 'DATABASE_AHEAD' }),
        expect.objectContaining({ code: 'APPLIED_OUT_OF_ORDER' }),
      ],
    });
  });
});
