import { hintOf } from './hint-of-failure';
import { parseDuckdbFailure, saidByDuckdb } from './parse-duckdb-failure';

const ledger = '/data/ledger.duckdb';
const deep = `/${'deep/'.repeat(100)}ledger.duckdb`;

describe('parseDuckdbFailure', () => {
  it.each([
    [
      `IO Error: Could not set lock on file "${ledger}": Conflicting lock is held in /usr/bin/python3.12 (PID 17742). See also https://duckdb.org/docs/stable/connect/concurrency`,
      'LEDGER_LOCKED',
      `${ledger} is held by /usr/bin/python3.12 (PID 17742); nothing was changed`,
    ],
    [
      `IO Error: Could not set lock on file "${ledger}": Resource temporarily unavailable`,
      'LEDGER_LOCKED',
      `${ledger} is held by another process; nothing was changed`,
    ],
    [
      `Catalog Error: Failure while replaying WAL file "${ledger}.wal": Table with name "u" already exists!`,
      'LEDGER_WAL_UNUSABLE',
      expect.stringContaining('Table with name "u" already exists!'),
    ],
    [
      `IO Error: Failure while replaying WAL file "${deep}.wal": Could not write file "${deep}": Bad file descriptor`,
      'LEDGER_WAL_NEEDS_WRITER',
      expect.stringContaining(`${ledger}.wal holds a new index`),
    ],
    [
      `IO Error: Failure while replaying WAL file "${ledger}.wal": Could not write file "${ledger}": No space left on device`,
      'LEDGER_SPACE_RAN_OUT',
      expect.stringContaining(ledger),
    ],
    [
      `IO Error: Could not write file "${ledger}": No space left on device`,
      'LEDGER_SPACE_RAN_OUT',
      expect.stringContaining(ledger),
    ],
    [
      `IO Error: Could not write file "${ledger}": Disk quota exceeded`,
      'LEDGER_SPACE_RAN_OUT',
      expect.stringContaining(ledger),
    ],
    [
      `IO Error: Checkpoint failed for database "l". Original error: Could not write file "${ledger}": File too large`,
      'LEDGER_SPACE_RAN_OUT',
      expect.stringContaining(ledger),
    ],
    [
      `IO Error: The file "${ledger}" exists, but it is not a valid DuckDB database file!`,
      'LEDGER_NOT_DUCKDB',
      expect.stringContaining(ledger),
    ],
    [
      `IO Error: Cannot open file "${ledger}": Permission denied`,
      'LEDGER_UNREADABLE',
      expect.stringContaining('Permission denied'),
    ],
    [
      `IO Error: Cannot open file "${ledger}": Operation not permitted`,
      'LEDGER_UNREADABLE',
      expect.stringContaining('Operation not permitted'),
    ],
    [
      'Serialization Error: Failed to deserialize\nat block 3',
      'LEDGER_BROKEN',
      `${ledger} cannot be opened: Serialization Error: Failed to deserialize`,
    ],
  ])('reads %j', (said, code, message) => {
    expect(parseDuckdbFailure({ message: said }, ledger)).toMatchObject({
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
