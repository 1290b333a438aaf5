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
import { LedgerFixture } from '../__testUtils__/ledger-fixture';
import { openWriter } from '../__testUtils__/ledger-writer';
import { listBackups } from './backups';
import { createLedgerHolder } from '../create-ledger-holder';
import { findLedger } from './ledger-path';
import { markLedger } from './mark-ledger';

jest.setTimeout(60_000);

const id = '20261122T071530123Z-0013';
const longerThanARead = Buffer.alloc(2.5 * 1024 * 1024, 7);
const withLast = (byte: number) =>
  Buffer.concat([longerThanARead, Buffer.of(byte)]);

describe('markLedger', () => {
  const { signal } = new AbortController();
  let folder: string;
  let ledger: string;
  let backup: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-mark-')));
    ledger = join(folder, "-a 'b.duckdb");
    backup = `${ledger}.bak.${id}`;
    writeFileSync(ledger, withLast(1));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const mark = async (among = signal) => {
    const place = await findLedger(ledger);
    const marked = await markLedger(place, await listBackups(place), among);
    return marked.map(({ isLedger }) => isLedger);
  };

  it.each([
    ['the same bytes', withLast(1), true],
    ['another last byte', withLast(2), false],
    ['a byte less', longerThanARead, false],
  ])('compares to the end: %s', async (_, bytes, isLedger) => {
    writeFileSync(backup, bytes);
    expect(await mark()).toEqual([isLedger]);
  });

  it.each(['.wal', '.bak.20261122T071530123Z-0013.wal'])(
    'does not know what commits outside of the file make of it: %s',
    async wal => {
      writeFileSync(backup, withLast(1));
      writeFileSync(`${ledger}${wal}`, 'commits');
      expect(await mark()).toEqual([false]);
    },
  );

  it('knows the very same file, whatever is outside of it', async () => {
    linkSync(ledger, backup);
    writeFileSync(`${ledger}.wal`, 'commits');
    expect(await mark()).toEqual([true]);
  });

  it('finds none where there is no ledger', async () => {
    writeFileSync(backup, withLast(1));
    rmSync(ledger);
    expect(await mark()).toEqual([false]);
  });

  it('ends when it is aborted', async () => {
    writeFileSync(backup, withLast(1));
    await expect(mark(AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });

  it.each(['read', 'write'] as const)(
    'leaves a ledger that is held to %s in its hold',
    async access => {
      const fixture = new LedgerFixture({
        '0001_core.sql': 'CREATE TABLE t(a INTEGER);\n',
      });
      try {
        await fixture.migrate();
        linkSync(fixture.database, `${fixture.database}.bak.${id}`);
        copyFileSync(
          fixture.database,
          `${fixture.database}.bak.20261121T071530123Z-0001`,
        );
        const held = await createLedgerHolder().hold(
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
          const { backups } = await held.readState(set, signal);
          expect(backups.map(({ isLedger }) => isLedger)).toEqual([true, true]);
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
