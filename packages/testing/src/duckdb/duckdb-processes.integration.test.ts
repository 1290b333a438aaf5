import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hardMigrations, hardQueries } from './hard-migrations';
import { holdDatabase, nodeDuckdb, runSql } from './node-duckdb';
import { installPythonDuckdbs } from './python-duckdb';

describe('the DuckDBs of the tests', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-duckdb-'));
    path = join(folder, 'l.duckdb');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('agree on a file, and say the same sort of thing of what is none', () => {
    runSql(
      path,
      `${hardMigrations['0001_core.sql']}
       CREATE TABLE applied_migrations (id VARCHAR); INSERT INTO applied_migrations VALUES ('0001_core');`,
    );
    const expected = {
      texts: [
        '0001_core',
        '20000 199990000 59997 0 19999',
        'a INTEGER, id BIGINT',
        'no index',
      ],
    };
    for (const { name, read } of [nodeDuckdb, ...installPythonDuckdbs()]) {
      const [file, nothing] = read([path, `${path}.none`], hardQueries);
      expect({ name, file }).toEqual({ name, file: expected });
      expect(nothing).toEqual({ error: expect.stringContaining('database') });
    }
  }, 120_000);

  it('leave commits in the WAL where they are told to', () => {
    runSql(path, 'CREATE TABLE t (id BIGINT);', { keepWal: true });
    expect(existsSync(`${path}.wal`)).toBe(true);
    runSql(path, 'INSERT INTO t VALUES (1);');
    expect(existsSync(`${path}.wal`)).toBe(false);
  });

  it('hold a file until they are told to let go', async () => {
    runSql(path, 'CREATE TABLE t (id BIGINT);');
    const hold = await holdDatabase(path, 'write');
    const [{ error }] = nodeDuckdb.read([path], ['SELECT 1']) as [
      { error: string },
    ];
    expect(error).toContain(`PID ${hold.pid}`);
    await hold.release();
    expect(nodeDuckdb.read([path], ['SELECT 1'])).toEqual([{ texts: ['1'] }]);
  });
});
