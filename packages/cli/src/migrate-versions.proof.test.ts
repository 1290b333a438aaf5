import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hardMigrations, writeMigrations } from 'dojo-testing';
import { resultOf } from './__testUtils__/result-of';
import { runDojo } from './__testUtils__/run-dojo';

const ledgerFolder = resolve(__dirname, '../../../migrations');
const ledgerMigrations = Object.fromEntries(
  readdirSync(ledgerFolder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => [name, readFileSync(join(ledgerFolder, name), 'utf8')]),
);

jest.setTimeout(600_000);

describe('dojo migrate', () => {
  let root: string;
  let made = 0;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-versions-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

  describe.each([
    ['the ledger', ledgerMigrations],
    ['migrations that are hard for DuckDB', hardMigrations],
  ])('with %s', (_, migrations) => {
    const count = Object.keys(migrations).length;
    const versions = Array.from({ length: count - 1 }, (__, at) => at + 1);
    let name: string;
    beforeEach(() => {
      name = join(root, `${made++}`);
      mkdirSync(name);
    });

    /** Migrates with the first so many files. */
    const migrateTo = async (level: number, flags: readonly string[] = []) => {
      const folder = writeMigrations(`${name}-${level}`, migrations, level);
      const run = await runDojo([
        ...['migrate', '--database', join(name, 'l.duckdb')],
        ...['--migrations', folder, '--json', ...flags],
      ]);
      if (run.code !== 0) throw new Error(run.stderr);
      return resultOf(run);
    };
    const fingerprint = async () =>
      (await migrateTo(count, ['--dry-run'])).plan.decides.fromFingerprint;

    let expected: string | undefined;
    it('has a schema that a fresh replay gives', async () => {
      await migrateTo(count);
      expected = await fingerprint();
      expect(expected).toMatch(/^[0-9a-f]{64}$/);
    });

    it.each(versions)('gives version %d the same schema', async level => {
      await migrateTo(level);
      const result = await migrateTo(count);
      expect(result).toMatchObject({ outcome: 'migrated' });
      expect(result.applied).toHaveLength(count - level);
      expect(await fingerprint()).toBe(expected);
    });

    it('gives one that goes version by version the same schema', async () => {
      for (let level = 1; level <= count; level++) await migrateTo(level);
      expect(await fingerprint()).toBe(expected);
    });
  });
});
