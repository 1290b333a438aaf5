import { open } from 'node:fs/promises';
import { duckdbErrors } from '../duckdb-errors';
import { loadDuckdb } from '../engine/load-duckdb';

/** What the first block of a DuckDB file says, read without DuckDB. */
export interface DatabaseHeader {
  /** Storage version number: 64 (v1.0) to 68 (v1.5); 999: DuckDB 2.0. */
  readonly storage: number;
  /** DuckDB that created it; empty in files of old engines. */
  readonly creator: string;
  readonly isEncrypted: boolean;
}

const headerBytes = 12 * 1024;
const magicOffset = 8;
const storageOffset = 12;
const flagsOffset = 20;
const encryptedFlag = 1;
const creatorOffset = 52;
const creatorBytes = 32;

/** What DuckDB 1.5 reads; the tests hold it against the engine. */
export const readableStorages = { oldest: 64, newest: 68 } as const;

/**
 * Reads the header. Opens and closes the file, which drops every lock this process has on it: only to be called before
 * the database is held.
 *
 * @throws DojoError DATABASE_EMPTY, DATABASE_NOT_DUCKDB, DATABASE_UNREADABLE.
 */
export async function readDatabaseHeader(
  database: string,
): Promise<DatabaseHeader> {
  const bytes = await readStart(database);
  if (bytes.length === 0) throw duckdbErrors.empty(database);
  const magic = bytes.toString('latin1', magicOffset, storageOffset);
  if (magic !== 'DUCK') {
    throw duckdbErrors.notDuckdb(database, 'it does not begin as one');
  }
  if (bytes.length < headerBytes) {
    throw duckdbErrors.notDuckdb(
      database,
      `it is cut off after ${bytes.length} bytes`,
    );
  }
  return {
    storage: Number(bytes.readBigUInt64LE(storageOffset)),
    isEncrypted: ((bytes[flagsOffset] ?? 0) & encryptedFlag) !== 0,
    creator: bytes
      .toString('latin1', creatorOffset, creatorOffset + creatorBytes)
      .replace(/[^\x20-\x7e].*$/s, ''),
  };
}

/** @throws DojoError DATABASE_STORAGE_UNSUPPORTED with both versions, DATABASE_ENCRYPTED. */
export function ensureReadable(database: string, header: DatabaseHeader): void {
  const { oldest, newest } = readableStorages;
  if (header.storage < oldest || header.storage > newest) {
    throw duckdbErrors.storageUnsupported(database, header, {
      version: loadDuckdb().version(),
      storages: `${oldest} to ${newest}`,
    });
  }
  if (header.isEncrypted) throw duckdbErrors.encrypted(database);
}

async function readStart(database: string): Promise<Buffer> {
  try {
    const file = await open(database, 'r');
    try {
      const buffer = Buffer.alloc(headerBytes);
      let length = 0;
      while (length < headerBytes) {
        const { bytesRead } = await file.read(
          buffer,
          length,
          headerBytes - length,
          length,
        );
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw duckdbErrors.unreadable(database, (error as Error).message);
  }
}
