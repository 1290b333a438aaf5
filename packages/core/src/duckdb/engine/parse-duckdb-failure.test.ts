import { hintOf } from './hint-of-failure';
import { parseDuckdbFailure, saidByDuckdb } from './parse-duckdb-failure';

const database = '/data/ledger.duckdb';
const deep = `/${'deep/'.repeat(100)}ledger.duckdb`;

describe('parseDuckdbFailure', () => {
  it.each([
    [
      `IO Error: Could not set lock on file "${database}": Conflicting lock is held in /usr/bin/python3.12 (PID 17742). See also https://duckdb.org/docs/stable/connect/concurrency`,
      'DATABASE_LOCKED',
      `${database} is held by /usr/bin/python3.12 (PID 17742); nothing was changed`,
    ],
    [
      `IO Error: Could not set lock on file "${database}": Resource temporarily unavailable`,
      'DATABASE_LOCKED',
      `${database} is held by another process; nothing was changed`,
    ],
    [
      `Catalog Error: Failure while replaying WAL file "${database}.wal": Table with name "u" already exists!`,
      'DATABASE_WAL_UNUSABLE',
      expect.stringContaining('Table with name "u" already exists!'),
    ],
    [
      `IO Error: Failure while replaying WAL file "${deep}.wal": Could not write file "${deep}": Bad file descriptor`,
      'DATABASE_WAL_NEEDS_WRITER',
      expect.stringContaining(`${database}.wal holds a new index`),
    ],
    [
      `IO Error: Failure while replaying WAL file "${database}.wal": Could not write file "${database}": No space left on device`,
      'DATABASE_SPACE_RAN_OUT',
      expect.stringContaining(database),
    ],
    [
      `IO Error: Checkpoint failed for database "l". Original error: Cannot bind index 'notes', unknown index type 'HNSW'. You need to load the extension that provides this index type before table 'notes' can be modified.`,
      'DATABASE_NEEDS_EXTENSION',
      expect.stringContaining("unknown index type 'HNSW'"),
    ],
    [
      `Binder Error: Failure while replaying WAL file "${database}.wal": Unknown index type: HNSW`,
      'DATABASE_NEEDS_EXTENSION',
      expect.stringContaining('Unknown index type'),
    ],
    [
      `Catalog Error: Cannot open encrypted database "${database}" without a key`,
      'DATABASE_ENCRYPTED',
      `${database} is encrypted, and there is no key here`,
    ],
    [
      `IO Error: Could not write file "${database}": No space left on device`,
      'DATABASE_SPACE_RAN_OUT',
      expect.stringContaining(database),
    ],
    [
      `IO Error: Could not write file "${database}": Disk quota exceeded`,
      'DATABASE_SPACE_RAN_OUT',
      expect.stringContaining(database),
    ],
    [
      `IO Error: Checkpoint failed for database "l". Original error: Could not write file "${database}": File too large`,
      'DATABASE_SPACE_RAN_OUT',
      expect.stringContaining(database),
    ],
    [
      `IO Error: The file "${database}" exists, but it is not a valid DuckDB database file!`,
      'DATABASE_NOT_DUCKDB',
      expect.stringContaining(database),
    ],
    [
      `IO Error: Cannot open file "${database}": Permission denied`,
      'DATABASE_UNREADABLE',
      expect.stringContaining('Permission denied'),
    ],
    [
      `IO Error: Cannot open file "${database}": Operation not permitted`,
      'DATABASE_UNREADABLE',
      expect.stringContaining('Operation not permitted'),
    ],
    [
      'Serialization Error: Failed to deserialize\nat block 3',
      'DATABASE_BROKEN',
      `${database} cannot be opened: Serialization Error: Failed to deserialize`,
    ],
  ])('reads %j', (said, code, message) => {
    expect(parseDuckdbFailure({ message: said }, database)).toMatchObject({
      code,
      message,
    });
  });
});

describe('saidByDuckdb', () => {
  it('is the first line, without what a terminal would obey', () => {
    expect(
      saidByDuckdb(new Error('Parser Error: a\u001b[2Jb\nLINE 1: x')),
    ).toBe('Parser Error: a [2Jb');
    expect(saidByDuckdb('no error')).toBe('no error');
  });
});

describe('hintOf', () => {
  it('knows what to write instead', () => {
    expect(
      hintOf(
        'Dependency Error: Cannot alter entry "t" because there are entries that depend on it.',
      ),
    ).toMatch(/^DROP INDEX/);
    expect(hintOf('Parser Error: syntax error at or near "x"')).toBeUndefined();
  });
});
