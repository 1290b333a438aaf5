import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../engine/open-database';
import {
  ensureReadable,
  readDatabaseHeader,
  readableStorages,
} from './database-header';

jest.setTimeout(60_000);

describe('readDatabaseHeader', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-header-'));
    path = join(folder, 'a.duckdb');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = async (storageVersion: string) => {
    const { session, database } = await openDatabase({
      path,
      name: 'a',
      mode: { kind: 'private-copy', storageVersion },
      signal: new AbortController().signal,
    });
    await session.fold(database);
    session.close();
    return session.engine;
  };

  it('knows the newest storage that the engine writes, and its creator', async () => {
    const engine = await write('latest');
    const header = await readDatabaseHeader(path);
    expect(header).toEqual({
      storage: readableStorages.newest,
      creator: engine,
      isEncrypted: false,
    });
    expect(() => ensureReadable(path, header)).not.toThrow();
  });

  it('knows the oldest', async () => {
    await write('v1.0.0');
    expect((await readDatabaseHeader(path)).storage).toBe(
      readableStorages.oldest,
    );
  });

  it.each([readableStorages.newest + 1, readableStorages.oldest - 1])(
    'refuses storage version %i',
    storage => {
      expect(() =>
        ensureReadable(path, { storage, creator: '', isEncrypted: false }),
      ).toThrow(
        expect.objectContaining({ code: 'DATABASE_STORAGE_UNSUPPORTED' }),
      );
    },
  );

  it('refuses a file that ends in its header', async () => {
    await write('v1.0.0');
    truncateSync(path, 30);
    await expect(readDatabaseHeader(path)).rejects.toMatchObject({
      code: 'DATABASE_NOT_DUCKDB',
    });
  });

  it('says what keeps it from reading', async () => {
    await expect(readDatabaseHeader(folder)).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
    });
  });
});
