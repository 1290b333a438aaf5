import { DojoError, isDojoError } from 'backstage-plugin-dojo-common';
import type { ErrorCode } from 'backstage-plugin-dojo-common';
import { tellFailure } from './tellFailure';

const failure = (code: ErrorCode, message: string, hint = 'Do it.') =>
  new DojoError({ code, kind: 'refused', message, hint });

const told = (error: Error, mode: 'run' | 'rehearse' | 'plan' = 'run') => {
  const made = tellFailure(error, { environment: 'dev', mode });
  return isDojoError(made) ? made.toJSON() : made;
};

describe('tellFailure', () => {
  it.each([
    [
      '/data/ledger.duckdb is held by /usr/bin/python3 (PID 4711); nothing was changed',
      'dev database is in use (process 4711). Nothing was changed.',
    ],
    [
      '/data/ledger.duckdb is held by another process; nothing was changed',
      'dev database is in use (another process). Nothing was changed.',
    ],
  ])('names who has the database, and no path: %s', (message, sentence) => {
    expect(told(failure('DATABASE_LOCKED', message), 'plan')).toEqual({
      code: 'DATABASE_LOCKED',
      kind: 'refused',
      message: sentence,
      hint: 'Stop the service, or try again.',
    });
  });

  it('says where a migration failed, and what to do about its check', () => {
    const message =
      '0016_rates.sql line 9 failed its check: 3 rows. The database is unchanged, at 0015.';
    expect(told(failure('MIGRATION_ASSERT_FAILED', message))).toMatchObject({
      message: `dev: ${message}`,
      hint: 'Change the migration and release it again.',
    });
  });

  it.each<[ErrorCode, string, string]>([
    [
      'MIGRATION_ASSERT_FAILED',
      '0016_rates.sql line 9 failed its check: 3 rows',
      'Rehearsal failed at 0016_rates.sql line 9: 3 rows.',
    ],
    [
      'MIGRATION_STATEMENT_FAILED',
      '0016_rates.sql:12: INSERT failed: Constraint Error: a',
      'Rehearsal failed at 0016_rates.sql line 12: INSERT failed: Constraint Error: a.',
    ],
    [
      'MIGRATION_COMMIT_FAILED',
      '0016_rates.sql: its COMMIT failed: b',
      'Rehearsal failed at 0016_rates.sql: its COMMIT failed: b.',
    ],
  ])('says that it was the rehearsal: %s', (code, message, sentence) => {
    expect(told(failure(code, message), 'rehearse')).toMatchObject({
      message: sentence,
    });
  });

  it('keeps the hint of a statement, which is of that statement', () => {
    expect(
      told(failure('MIGRATION_STATEMENT_FAILED', 'a.sql:1: b', 'Write c.')),
    ).toMatchObject({ hint: 'Write c.' });
  });

  it.each([failure('DATABASE_BROKEN', 'a'), new Error('b')])(
    'leaves everything else as it is',
    error => {
      expect(tellFailure(error, { environment: 'dev', mode: 'run' })).toBe(
        error,
      );
    },
  );
});
