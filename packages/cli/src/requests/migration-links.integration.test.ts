import { cpSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { nodeDuckdb, runSql } from 'dojo-testing';
import type { DatabaseFolder } from '../__testUtils__/database-folder';
import { databasePerTest } from '../__testUtils__/database-per-test';
import { runDojo } from '../__testUtils__/run-dojo';

jest.setTimeout(60_000);

describe('dojo run-request, of a migration below a folder', () => {
  let database: DatabaseFolder;
  databasePerTest(
    async base => {
      base.write({ '0001_core.sql': 'CREATE TABLE t (a VARCHAR);' });
      await base.prepare();
      base.write({ '0002_more.sql': 'DROP TABLE t;' });
    },
    copy => {
      database = copy;
    },
  );

  const pathOf = (name: string) => join(database.folder, name, 'l.duckdb');
  /** The database of `b`, and beside it a folder `a`. */
  const arrange = () => {
    for (const name of ['a', 'b']) mkdirSync(join(database.folder, name));
    renameSync(database.file, pathOf('b'));
    runSql(pathOf('b'), "INSERT INTO t VALUES ('b only')");
  };
  const ask = async (operation: string, mode: string) => {
    const run = await runDojo(['run-request', 'migration'], {
      stdin: JSON.stringify({
        kind: 'migration',
        mode,
        request: { operation, database: pathOf('a') },
        noLinksBelow: database.folder,
        ...(operation !== 'restore' && { migrations: database.migrations }),
      }),
    });
    return (JSON.parse(run.stdout) as { error?: { code: string } }).error?.code;
  };
  const rowsOf = (name: string) =>
    nodeDuckdb.read([pathOf(name)], ['SELECT string_agg(a) FROM t']);

  it.each(
    ['plan', 'rehearse', 'run'].flatMap(mode =>
      ['migrate', 'rebuild-caches', 'restore'].map(
        operation => [mode, operation] as const,
      ),
    ),
  )(
    'refuses to %s where the database is a link to that of another: %s',
    async (mode, operation) => {
      arrange();
      symlinkSync('../b/l.duckdb', pathOf('a'));
      expect(await ask(operation, mode)).toBe('DATABASE_LINK_REFUSED');
      expect(rowsOf('b')).toEqual([{ texts: ['b only'] }]);
    },
  );

  it.each(['plan', 'rehearse', 'run'])(
    'takes for no backup what is a link to the database of another: %s',
    async mode => {
      arrange();
      cpSync(pathOf('b'), pathOf('a'));
      runSql(pathOf('a'), "UPDATE t SET a = 'a only'");
      symlinkSync(
        '../b/l.duckdb',
        `${pathOf('a')}.bak.20261101T000000000Z-none`,
      );
      expect(await ask('restore', mode)).toBe('MIGRATE_BACKUP_UNKNOWN');
      expect(rowsOf('a')).toEqual([{ texts: ['a only'] }]);
    },
  );
});
