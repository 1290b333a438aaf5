import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { isDojoError } from 'backstage-plugin-dojo-common';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import * as fc from 'fast-check';
import { openDatabase } from '../duckdb/engine/open-database';
import { readFingerprint, readSchema } from '../duckdb/schema/schema-entries';
import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
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
  const { session, database: name } = await openDatabase({
    path: database,
    name: 'content',
    mode: { kind: 'read-only' },
    signal: new AbortController().signal,
  });
  try {
    await session.use(name);
    const schema = await readSchema(session, name);
    const tables = schema.filter(entry => entry.name.startsWith('table '));
    const rows: Record<string, unknown> = {};
    for (const { name: table } of tables) {
      rows[table] = await session.rows(
        `SELECT * FROM ${table.replace('table ', '')} ORDER BY id`,
      );
    }
    return { fingerprint: await readFingerprint(session, name), rows };
  } finally {
    session.close();
  }
}

/** What came of a set of migrations. */
interface Verdict {
  readonly kind: 'migrated' | 'refused';
  readonly isPossible: boolean;
  readonly isSplit: boolean;
  /** What it made, and what plain DuckDB makes; equal where it is refused. */
  readonly made: unknown;
  readonly expected: unknown;
}

async function judge(files: readonly string[][]): Promise<Verdict> {
  const fixture = new DatabaseFixture(
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
    const result = await fixture.migrate().catch((error: unknown) => error);
    if (isDojoError(result)) {
      return {
        kind: 'refused',
        isPossible,
        isSplit: false,
        made: {
          ...result.toJSON(),
          message: result.message.replace(/:.*/s, ''),
          hasHint: result.hint !== undefined,
          names: fixture.names(),
        },
        expected: {
          code: expect.any(String),
          kind: 'refused',
          message: expect.stringMatching(/^\d{4}_random\.sql$/),
          hint: expect.any(String),
          hasHint: true,
          names: [],
        },
      };
    }
    const { plan } = result as MigrationResult;
    return {
      kind: 'migrated',
      isPossible,
      isSplit:
        plan.decides.migrations.some(
          ({ transaction }) => transaction === 'statement',
        ) || plan.shows.rehearsal?.split.length !== 0,
      made: await contentOf(fixture.database),
      expected: await contentOf(plain),
    };
  } finally {
    fixture.remove();
  }
}

describe('migrate, on random migrations', () => {
  it('makes what DuckDB makes of them one by one, or refuses and changes nothing', async () => {
    const verdicts: Verdict[] = [];
    await fc.assert(
      fc.asyncProperty(randomMigrations, async files => {
        const verdict = await judge(files);
        verdicts.push(verdict);
        expect(verdict.made).toEqual(verdict.expected);
        // What DuckDB can do statement by statement is not refused, and nothing else is done.
        expect(verdict.kind === 'migrated').toBe(verdict.isPossible);
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
    // The generator is worth something only while it reaches all of these.
    const migrated = verdicts.filter(({ kind }) => kind === 'migrated');
    expect(migrated.length).toBeGreaterThan(runs / 4);
    expect(verdicts.length - migrated.length).toBeGreaterThan(1);
    expect(migrated.filter(({ isSplit }) => isSplit).length).toBeGreaterThan(1);
  }, 300_000);
});
