import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeDuckdb, runSql } from '../duckdb/node-duckdb';
import { installPythonDuckdbs } from '../duckdb/python-duckdb';
import { readCacheRebuilds, readMigrations } from './migration-files';

jest.setTimeout(180_000);

/** Where the header of a DuckDB file says which storage it needs, and what DuckDB 1.0 and newer read. */
const STORAGE_AT = 12;
const STORAGE_OF_1_0 = 64;

/** Three thousand transactions of the first level, then every migration, then the caches. */
const [core, ...later] = readMigrations().map(file => file.sql);
const everything = [
  core,
  `INSERT INTO accounts (id, name, kind)
     SELECT i, 'account ' || i, ['checking', 'credit', 'loan'][1 + i % 3] FROM range(6) AS t(i);
   INSERT INTO transactions
     SELECT i, i % 6, DATE '2024-01-05' + (i % 700)::INTEGER, 7919 * i % 10007 - 6000, 'Shop ' || i % 50, 'at #tag' || i % 3
     FROM range(3000) AS t(i);`,
  ...later,
  ...readCacheRebuilds().map(file => file.sql),
  'CHECKPOINT;',
].join('\n');

const queries = [
  'SELECT count(*) FROM ledger_problems',
  "SELECT string_agg(id || ' ' || current_balance_minor, ', ' ORDER BY id) FROM accounts",
  'SELECT sum(available_minor) FROM budget_category_monthly_state',
  'SELECT max_by(ready_to_assign_minor, month) FROM ready_to_assign',
  'SELECT max_by(net_worth_minor, month) FROM net_worth',
  'SELECT md5(string_agg(import_key, chr(10) ORDER BY id)) FROM transactions',
  'SELECT count(*) FROM transaction_tags',
  'SELECT count(*) FROM import_row_keys',
];

describe('the migrations on every DuckDB that an app may run', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-every-duckdb-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('make the same ledger, and each reads the one that the command makes', () => {
    const ours = join(folder, 'node.duckdb');
    runSql(ours, everything);
    const [expected] = nodeDuckdb.read([ours], queries);
    expect(expected).toEqual({
      texts: expect.arrayContaining(['0', '3000']),
    });
    expect(readFileSync(ours).readUInt8(STORAGE_AT)).toBe(STORAGE_OF_1_0);

    for (const python of installPythonDuckdbs()) {
      const theirs = join(folder, `${python.name}.duckdb`);
      python.runAndDie(theirs, everything);
      const [read, made] = python.read([ours, theirs], queries);
      expect({ by: python.name, read, made }).toEqual({
        by: python.name,
        read: expected,
        made: expected,
      });
    }
  });
});
