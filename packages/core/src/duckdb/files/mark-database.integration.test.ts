import {
  copyFileSync,
  linkSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseFixture } from '../__testUtils__/database-fixture';
import { openWriter } from '../__testUtils__/database-writer';
import { listBackups } from './backups';
import { createDatabaseHolder } from '../create-database-holder';
import { findDatabase } from './database-path';
import { markDatabase } from './mark-database';

jest.setTimeout(60_000);

const id = '20261122T071530123Z-0013';
const longerThanARead = Buffer.alloc(2.5 * 1024 * 1024, 7);
const withLast = (byte: number) =>
  Buffer.concat([longerThanARead, Buffer.of(byte)]);

describe('markDatabase', () => {
  const { signal } = new AbortController();
  let folder: string;
  let database: string;
  let backup: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-mark-')));
    database = join(folder, "-a 'b.duckdb");
    backup = `${database}.bak.${id}`;
    writeFileSync(database, withLast(1));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const mark = async (among = signal) => {
    const place = await findDatabase(database);
    const marked = await markDatabase(place, await listBackups(place), among);
    return marked.map(({ isDatabase }) => isDatabase);
  };

  it.each([
    ['the same bytes', withLast(1), true],
    ['another last byte', withLast(2), false],
    ['a byte less', longerThanARead, false],
  ])('compares to the end: %s', async (_, bytes, isDatabase) => {
    writeFileSync(backup, bytes);
    expect(await mark()).toEqual([isDatabase]);
  });

  it.each(['.wal', '.bak.20261122T071530123Z-0013.wal'])(
    'does not know what commits outside of the file make of it: %s',
    async wal => {
      writeFileSync(backup, withLast(1));
      writeFileSync(`${database}${wal}`, 'commits');
      expect(await mark()).toEqual([false]);
    },
  );

  it('knows the very same file, whatever is outside of it', async () => {
    linkSync(database, backup);
    writeFileSync(`${database}.wal`, 'commits');
    expect(await mark()).toEqual([true]);
  });

  it('finds none where there is no database', async () => {
    writeFileSync(backup, withLast(1));
    rmSync(database);
    expect(await mark()).toEqual([false]);
  });

  it('ends when it is aborted', async () => {
    writeFileSync(backup, withLast(1));
    await expect(mark(AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });

  it.each(['read', 'write'] as const)(
    'leaves a database that is held to %s in its hold',
    async access => {
      const fixture = new DatabaseFixture({
        '0001_core.sql': 'CREATE TABLE t(a INTEGER);\n',
      });
      try {
        await fixture.migrate();
        linkSync(fixture.database, `${fixture.database}.bak.${id}`);
        copyFileSync(
          fixture.database,
          `${fixture.database}.bak.20261121T071530123Z-0001`,
        );
        const held = await createDatabaseHolder().hold(
          {
            database: fixture.database,
            access,
            storageVersion: 'v1.0.0',
            toRestore: true,
          },
          signal,
        );
        try {
          const set = { migrations: [], caches: [] };
          const { state } = await held.readState(set, signal);
          expect(state.backups.map(({ isDatabase }) => isDatabase)).toEqual([
            true,
            true,
          ]);
          await expect(
            openWriter(fixture.database, ['INSERT INTO t VALUES (1)']),
          ).rejects.toThrow(/lock/i);
        } finally {
          await held.release();
        }
      } finally {
        fixture.remove();
      }
    },
  );
});
