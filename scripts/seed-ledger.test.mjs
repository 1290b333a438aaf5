import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { seedLedger } from './seed-ledger.mjs';
import { ROOT } from './source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'seed-ledger-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = ({ command, args, cwd, env }) =>
  promisify(execFile)(command, args, { cwd, env });

const dojo = (...args) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['scripts/dojo.cjs', ...args, '--migrations', 'migrations', '--json'],
      { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ),
  );

/** What a query finds, asked in a process of its own. */
const query = (file, sql) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { DuckDBInstance } from '@duckdb/node-api';
         const instance = await DuckDBInstance.create(process.argv[1], { access_mode: 'READ_ONLY' });
         const reader = await (await instance.connect()).runAndReadAll(process.argv[2]);
         process.stdout.write(JSON.stringify(reader.getRowObjectsJson()));`,
        file,
        sql,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    ),
  );

describe('seedLedger', { timeout: 120_000 }, () => {
  const file = join(folder, 'data/dev/ledger.duckdb');

  describe('when there is no ledger', () => {
    it('makes one at level 0013, with its caches, and nothing beside it', async () => {
      assert.equal(await seedLedger(file, run), true);
      assert.deepEqual(readdirSync(dirname(file)), ['ledger.duckdb']);
      assert.deepEqual(
        query(
          file,
          `SELECT
            (SELECT max(id) FROM applied_migrations) AS level,
            (SELECT count(*)::INTEGER FROM applied_migrations) AS applied,
            (SELECT count(*)::INTEGER FROM transactions) AS transactions,
            (SELECT sum(current_balance_minor) = (SELECT sum(amount_minor) FROM transactions) FROM accounts) AS balanced,
            (SELECT count(*)::INTEGER FROM budget_category_monthly_state) AS states,
            (SELECT min(ready_to_assign_minor) > 0 FROM ready_to_assign) AS funded`,
        ),
        [
          {
            level: '0013_tags',
            applied: 13,
            transactions: 2004,
            balanced: true,
            states: 24 * 13,
            funded: true,
          },
        ],
      );
    });

    it('makes one whose last two migrations hold, with all that is cleared', () => {
      const copy = join(folder, 'copy.duckdb');
      copyFileSync(file, copy);
      assert.equal(dojo('migrate', '--database', copy).to, '0015_integrity');
      assert.deepEqual(
        query(
          copy,
          `SELECT
            (SELECT count(cleared_on) > 1900 FROM transactions) AS cleared,
            (SELECT count(*)::INTEGER FROM reconciliations) AS reconciled,
            (SELECT count(*)::INTEGER FROM ledger_problems) AS problems`,
        ),
        [{ cleared: true, reconciled: 6, problems: 0 }],
      );
    });
  });

  describe('when a ledger is there', () => {
    it('leaves it alone', async () => {
      const before = readFileSync(file);
      const never = () => assert.fail('runs nothing');
      assert.equal(await seedLedger(file, never), false);
      assert.deepEqual(readFileSync(file), before);
    });
  });

  describe('when an earlier run was killed half-way', () => {
    it('starts over', async () => {
      const other = join(folder, 'killed/ledger.duckdb');
      mkdirSync(`${other}.draft`, { recursive: true });
      writeFileSync(`${other}.draft/ledger.duckdb`, 'half');
      assert.equal(await seedLedger(other, run), true);
      assert.deepEqual(readdirSync(dirname(other)), ['ledger.duckdb']);
    });
  });

  describe('when a step fails', () => {
    it('tells why and leaves no ledger', async () => {
      const other = join(folder, 'failed/ledger.duckdb');
      const failing = what =>
        what.args.some(arg => arg.endsWith('fill-ledger.mjs'))
          ? Promise.reject(new Error('no space left'))
          : run(what);
      await assert.rejects(seedLedger(other, failing), /no space left/);
      assert.ok(!readdirSync(dirname(other)).includes('ledger.duckdb'));
    });
  });
});
