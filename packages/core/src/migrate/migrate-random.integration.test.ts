import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { openSession } from '../duckdb/duckdb-session';
import { fingerprintOf, readSchema } from '../duckdb/schema-entries';
import { LedgerFixture } from './__testUtils__/ledger-fixture';
import { randomMigrations } from './__testUtils__/random-migrations';

jest.setTimeout(60_000);

const seed = 20_261_122;
const runs = 20;

/** Statement by statement, as a person would type them; undefined where DuckDB refuses one. */
async function runPlainly(
  database: string,
  files: readonly string[][],
): Promise<boolean> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  try {
    for (const sql of files.flat()) await connection.run(sql);
    return true;
  } catch {
    return false;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Schema and rows of a file, as it is read back. */
async function contentOf(database: string): Promise<object> {
  const session = await openSession();
  try {
    const name = await session.attach(database, 'content', {
      kind: 'read-only',
    });
    await session.use(name);
    const schema = await readSchema(session, name);
    const tables = schema.filter(entry => entry.name.startsWith('table '));
    const rows: Record<string, unknown> = {};
    for (const { name: table } of tables) {
      rows[table] = await session.rows(
        `SELECT * FROM ${table.replace('table ', '')} ORDER BY id`,
      );
    }
    return { fingerprint: fingerprintOf(schema), rows };
  } finally {
    session.close();
  }
}

describe('migrate, on random migrations', () => {
  it('makes what DuckDB makes of them one by one, or refuses and changes nothing', async () => {
    const counts = { migrated: 0, split: 0, refused: 0, helped: 0 };
    await fc.assert(
      fc.asyncProperty(randomMigrations, async files => {
        const fixture = new LedgerFixture(
          Object.fromEntries(
            files.map((statements, at) => [
              `${String(at + 1).padStart(4, '0')}_random.sql`,
              statements.map(sql => `${sql};\n`).join(''),
            ]),
          ),
        );
        try {
          const plain = join(fixture.folder, 'plain.duckdb');
          const isPossible = await runPlainly(plain, files);
          const result = await fixture.migrate().catch(error => error);
          if (result.outcome === 'migrated') {
            expect(isPossible).toBe(true);
            expect(await contentOf(fixture.database)).toEqual(
              await contentOf(plain),
            );
            counts.migrated += 1;
            const { plan } = result;
            if (
              plan.decides.migrations.some(
                ({ transaction }: { transaction: string }) =>
                  transaction === 'statement',
              ) ||
              plan.shows.rehearsal.split.length > 0
            ) {
              counts.split += 1;
            }
          } else {
            expect(result).toMatchObject({
              kind: 'refused',
              message: expect.stringMatching(/^\d{4}_random\.sql:\d+: /),
              hint: expect.any(String),
            });
            expect(fixture.names()).toEqual([]);
            counts.refused += 1;
            if (isPossible) counts.helped += 1;
          }
        } finally {
          fixture.remove();
        }
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
    // The generator is worth something only while it reaches all of these.
    expect(counts.migrated).toBeGreaterThan(runs / 4);
    expect(counts.split).toBeGreaterThan(2);
    expect(counts.refused).toBeGreaterThan(2);
    // What DuckDB can do statement by statement is not refused.
    expect(counts.helped).toBe(0);
  }, 300_000);
});
