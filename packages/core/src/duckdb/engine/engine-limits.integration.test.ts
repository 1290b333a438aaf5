import { DatabaseFixture } from '../__testUtils__/database-fixture';
import { limitEngine } from './engine-limits';
import { openSession } from './open-session';

jest.setTimeout(60_000);

const mebibyte = 1024 * 1024;

describe('limitEngine', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture({
      '0001_core.sql': 'CREATE TABLE t(a INTEGER);',
    });
  });
  afterEach(() => {
    limitEngine({});
    fixture.remove();
  });

  it('gives every session its limits, which no SQL raises', async () => {
    limitEngine({ memoryBytes: 100 * mebibyte, spillBytes: 50 * mebibyte });
    const session = await openSession({ files: [] });
    try {
      expect(
        await session.rows(
          "SELECT value FROM duckdb_settings() WHERE name IN ('memory_limit', 'max_temp_directory_size') ORDER BY name",
        ),
      ).toEqual([['50.0 MiB'], ['100.0 MiB']]);
      for (const setting of ['memory_limit', 'max_temp_directory_size']) {
        await expect(session.run(`SET ${setting} = '9GB'`)).rejects.toThrow(
          'the configuration has been locked',
        );
      }
    } finally {
      session.close();
    }
  });

  it('ends what spills more than it may, with the database as it was', async () => {
    await fixture.migrate();
    fixture.write({
      '0002_sort.sql':
        "CREATE TABLE big AS SELECT hash(range)::VARCHAR AS h, repeat('x', 40) AS x FROM range(3000000) ORDER BY h;",
    });
    const before = fixture.bytes();
    limitEngine({ memoryBytes: 64 * mebibyte, spillBytes: mebibyte });
    await expect(fixture.migrate()).rejects.toMatchObject({
      code: 'DATABASE_MEMORY_RAN_OUT',
      kind: 'unavailable',
      message: `0002_sort.sql:1 does not fit into memory, and spilled as much as it may; ${fixture.database} is as it was`,
    });
    expect(fixture.bytes()).toEqual(before);
    limitEngine({ memoryBytes: 64 * mebibyte });
    await expect(fixture.migrate()).resolves.toMatchObject({
      outcome: 'migrated',
    });
  });

  it('ends what cannot be spilled', async () => {
    limitEngine({ memoryBytes: 64 * mebibyte });
    fixture.write({
      '0002_list.sql':
        'CREATE TABLE big AS SELECT list(range) AS l FROM range(100000000000);',
    });
    await expect(fixture.migrate()).rejects.toMatchObject({
      code: 'DATABASE_MEMORY_RAN_OUT',
      message: `the 64MiB of memory that DuckDB has here are too little for 0002_list.sql:1; ${fixture.database} is as it was`,
      hint: expect.stringContaining('--memory-limit'),
    });
  });
});
