import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError, MigrationResult } from 'backstage-plugin-dojo-common';
import {
  executedMigration,
  migrationBody as subject,
  plannedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { DojoRunOptions, toBackstageError } from 'backstage-plugin-dojo-node';
import { namesOf, stepOf } from '../__testUtils__/stepOf';
import { createMigrateAction } from './migrate';

const { planHash } = plannedMigration();

/** The dry run of a migration that there is something to say about. */
const remarked = () =>
  plannedMigration({
    findings: [
      {
        code: 'LINT_REPLACE_TABLE',
        severity: 'warning',
        file: '0014_reconciliation.sql',
        line: 3,
        message: 'CREATE OR REPLACE loses the keys of tag',
      },
      {
        code: 'LINT_SPLIT',
        severity: 'note',
        message: '0014_reconciliation is split',
      },
    ],
    warnings: ['the database was written by a newer DuckDB'],
  });

function setup(result: MigrationResult) {
  const migrations = {
    plan: jest.fn(async () => result),
    startRehearsal: jest.fn(),
    migrate: jest.fn(async (_request: unknown, options: DojoRunOptions) => {
      options.log?.('0014_reconciliation: 2 statements in 5 ms');
      options.onOutcome?.({ kind: 'done', key: 'database ledger.duckdb' });
      return result;
    }),
  };
  const action = createMigrateAction({ dojo: { migrations } });
  return { migrations, action, ...stepOf(action) };
}

describe('dojo:migrate', () => {
  it('migrates as the initiator, and can be cancelled', async () => {
    const { migrations, logger, run } = setup(executedMigration());
    const { signal } = new AbortController();
    await run({ ...subject, planHash, version: '1.1.0' }, { signal });
    expect(migrations.migrate).toHaveBeenCalledWith(
      {
        ...subject,
        planHash,
        // With the defaults that the scaffolder does not apply.
        choices: {
          version: '1.1.0',
          operation: 'migrate',
          order: 'file',
          keepBackups: 3,
          skipCacheRebuild: false,
          storageVersion: 'v1.0.0',
          deadline: '30m',
        },
      },
      expect.objectContaining({ credentials: mockCredentials.user(), signal }),
    );
    expect(migrations.plan).not.toHaveBeenCalled();
    expect(logger.info.mock.calls).toEqual([
      ['0014_reconciliation: 2 statements in 5 ms'],
      ['done: database ledger.duckdb'],
    ]);
  });

  it('outputs the whole result', async () => {
    const result = executedMigration();
    const { error, output } = await setup(result).run(subject);
    expect(error).toBeUndefined();
    expect(output).toEqual({ ...result, summary: expect.any(String) });
  });

  describe.each([
    ['dryRun', { ...subject, dryRun: true }, {}],
    ["the scaffolder's dry run", subject, { isDryRun: true }],
  ])('when it is %s', (_name, input, context) => {
    it('plans, logs the plan with its findings, and writes nothing', async () => {
      const { migrations, logger, run } = setup(remarked());
      const { error, output } = await run(input, context);
      expect(error).toBeUndefined();
      expect(output).toEqual({
        ...remarked(),
        summary: expect.stringMatching(
          /^Dry run: the database of \w+ on \w+ would be migrated/,
        ),
      });
      expect(migrations.migrate).not.toHaveBeenCalled();
      expect(logger.info.mock.calls).toEqual([
        ['2 migrations of 0013_tags to 0015_integrity are pending'],
        ['0014_reconciliation is split'],
        [
          'planned: backup ledger.duckdb: Back up the current database (keeps the last 3)',
        ],
        [
          'planned: database ledger.duckdb: Migrate 0013_tags -> 0015_integrity (all or nothing)',
        ],
      ]);
      expect(logger.warn.mock.calls).toEqual([
        ['0014_reconciliation.sql:3: CREATE OR REPLACE loses the keys of tag'],
        ['the database was written by a newer DuckDB'],
      ]);
    });
  });

  describe('when nothing would run the plan', () => {
    it('fails the dry run with the first error, after all of it is logged', async () => {
      const result = remarked();
      result.plan.shows.findings.push({
        code: 'LINT_EMBEDDED_TRANSACTION',
        severity: 'error',
        file: '0014_reconciliation.sql',
        line: 5,
        message: 'COMMIT ends the transaction that it runs in',
        hint: 'Leave it out.',
      });
      const { logger, run } = setup(result);
      const { error, output } = await run({ ...subject, dryRun: true });
      expect(error).toMatchObject({
        name: 'ConflictError',
        message:
          '0014_reconciliation.sql:5: COMMIT ends the transaction that it runs in (LINT_EMBEDDED_TRANSACTION) — Leave it out.',
        dojo: { code: 'LINT_EMBEDDED_TRANSACTION' },
      });
      expect(output).toEqual({ ...result, summary: expect.any(String) });
      expect(logger.warn).toHaveBeenCalledTimes(3);
    });
  });

  describe('when a finding begins with its file', () => {
    it('names the file once', async () => {
      const result = plannedMigration();
      result.plan.shows.findings = [
        {
          code: 'APPLIED_EDITED',
          severity: 'error',
          file: '0001_core.sql',
          message: '0001_core.sql was changed after it was applied',
        },
      ];
      const { logger, run } = setup(result);
      const { error } = await run({ ...subject, dryRun: true });
      const sentence = '0001_core.sql was changed after it was applied';
      expect(error.message).toBe(`${sentence} (APPLIED_EDITED)`);
      expect(logger.warn).toHaveBeenCalledWith(sentence);
    });
  });

  describe('when the input is wrong', () => {
    it('names every problem and asks nobody', async () => {
      const { migrations, run } = setup(executedMigration());
      const { error } = await run({
        component: '',
        operation: 'drop',
        keepBackups: 0,
        backup: '../x',
        deadline: 'soon',
        planHash: 'latest',
        database: '/etc/passwd',
      });
      expect(error).toMatchObject({ name: 'InputError' });
      for (const part of [
        'component',
        'environment: Required',
        'operation',
        'keepBackups',
        'backup',
        'deadline',
        'planHash',
        "'database'",
      ]) {
        expect(error.message).toContain(part);
      }
      expect(migrations.migrate).not.toHaveBeenCalled();
    });
  });

  describe('when the service refuses', () => {
    it('fails with its sentence and outputs nothing', async () => {
      const { migrations, run } = setup(executedMigration());
      migrations.migrate.mockRejectedValue(
        toBackstageError(
          new DojoError({
            code: 'DATABASE_LOCKED',
            kind: 'conflict',
            message: 'the database is locked by python3 (process 4711)',
            hint: 'Stop it.',
          }),
        ),
      );
      const { error, output } = await run(subject);
      expect(error).toMatchObject({
        name: 'ConflictError',
        message:
          'the database is locked by python3 (process 4711) (DATABASE_LOCKED) — Stop it.',
      });
      expect(output).toEqual({});
    });
  });

  it('describes every input, and lists its outputs', () => {
    const { action } = setup(executedMigration());
    expect(namesOf(action)).toEqual({
      inputs: [
        'backup',
        'component',
        'deadline',
        'dryRun',
        'environment',
        'keepBackups',
        'operation',
        'order',
        'planHash',
        'skipCacheRebuild',
        'storageVersion',
        'version',
      ],
      undescribed: [],
      outputs: [
        'outcome',
        'version',
        'from',
        'to',
        'applied',
        'backup',
        'downtime',
        'planHash',
        'plan',
        'effects',
        'summary',
      ],
    });
    expect(action.supportsDryRun).toBe(true);
  });
});
