import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  hardMigrations,
  hardQueries,
  installPythonDuckdbs,
  isFullSweep,
  nodeDuckdb,
  runKilled,
  runSql,
  sweepOf,
  writeMigrations,
} from 'dojo-testing';
import type {
  DuckdbReader,
  Kill,
  KilledExit,
  DatabaseAnswer,
} from 'dojo-testing';
import { inLanes } from './__testUtils__/in-lanes';
import {
  isFromCommitOn,
  killSeed,
  killsAnywhere,
  killsAtCalls,
} from './__testUtils__/kills';
import { filesOf } from './__testUtils__/database-folder';

jest.setTimeout(900_000);

/** Of the moments at which a command is killed, where not all are asked for. */
const sample = 60;

/** Where each command begins. */
interface Start {
  readonly name: string;
  /** What the app did last. */
  readonly wal?: string;
}

const starts: readonly Start[] = [
  { name: 'whose commits are all in the file' },
  {
    name: 'with commits in its WAL',
    wal: 'DELETE FROM t WHERE id = 77; UPDATE t SET a = 5 WHERE id > 19000;',
  },
];

const answerOf = (answer: DatabaseAnswer) =>
  'texts' in answer ? answer.texts.join('\n') : answer.error;

/** Old, new, or what it is instead. */
function stateOf(answer: string, before: string, after: string): string {
  if (answer === before) return 'old';
  return answer === after ? 'new' : answer;
}

describe('a database', () => {
  let root: string;
  let all: string;
  let duckdbs: readonly DuckdbReader[];
  beforeAll(() => {
    bundleDojo();
    duckdbs = [nodeDuckdb, ...installPythonDuckdbs()];
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-kill-'));
    all = writeMigrations(join(root, 'all'), hardMigrations);
  });
  afterEach(() =>
    rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  );

  const migrate = (database: string, migrations: string) => [
    ...['migrate', '--database', database, '--migrations', migrations],
    '--json',
  ];

  /** A run in a copy of `base`, and what is needed to run it again. */
  function world(base: string, name: string) {
    const folder = join(root, name);
    cpSync(base, folder, { recursive: true });
    const database = join(folder, 'l.duckdb');
    return { folder, database, home: `${folder}-home` };
  }

  async function made(name: string, wal?: string): Promise<string> {
    const first = writeMigrations(join(root, 'first'), hardMigrations, 1);
    const folder = join(root, name);
    mkdirSync(folder);
    const database = join(folder, 'l.duckdb');
    const args = migrate(database, first);
    const { code, stderr } = await runKilled(
      { args, folder, home: `${folder}-home` },
      { kind: 'never' },
    );
    if (code !== 0) throw new Error(stderr);
    if (wal) runSql(database, wal, { keepWal: true });
    return folder;
  }

  /**
   * Kills the command everywhere, and opens every database with every DuckDB; then runs it again.
   * @returns how many kills there were, and what they left.
   */
  async function prove(
    base: string,
    name: string,
    argsOf: (database: string) => readonly string[],
    killsOf: (alone: KilledExit) => readonly Kill[],
  ) {
    const alone = world(base, `${name}-alone`);
    const undisturbed = await runKilled(
      { ...alone, args: argsOf(alone.database) },
      { kind: 'never' },
    );
    expect(undisturbed).toMatchObject({ code: 0, signal: null });
    const [before, after] = nodeDuckdb
      .read([join(base, 'l.duckdb'), alone.database], hardQueries)
      .map(answerOf);

    const kills = sweepOf(killsOf(undisturbed), {
      size: sample,
      seed: killSeed,
      // How many of the sample come after the commit depends on how fast the machine is.
      always: isFromCommitOn(undisturbed),
    });
    const killed = await inLanes(kills, async (kill, at) => {
      const place = world(base, `${name}-${at}`);
      const args = argsOf(place.database);
      const { signal } = await runKilled({ ...place, args }, kill);
      return { ...place, args, kill, signal };
    });
    const kept = killed.filter(({ signal }) => signal === 'SIGKILL');

    const paths = kept.map(({ database }) => database);
    const answers = duckdbs.map(duckdb => ({
      duckdb: duckdb.name,
      states: duckdb
        .read(paths, hardQueries)
        .map(answer => stateOf(answerOf(answer), before, after)),
    }));
    for (const { duckdb, states } of answers) {
      const broken = kept
        .map(({ kill }, at) => ({ duckdb, kill, state: states[at] }))
        .filter(({ state }) => state !== 'old' && state !== 'new');
      expect(broken).toEqual([]);
      expect({ duckdb, states }).toEqual({ duckdb, states: answers[0].states });
    }

    await inLanes(kept, async ({ folder, home, args, kill }) => {
      const again = await runKilled({ args, folder, home }, { kind: 'never' });
      expect({ kill, code: again.code, stderr: again.stderr }).toMatchObject({
        kill,
        code: 0,
      });
    });
    expect(nodeDuckdb.read(paths, hardQueries).map(answerOf)).toEqual(
      paths.map(() => after),
    );
    for (const { folder, kill } of kept) {
      const rest = readdirSync(folder).filter(
        file => !/^l\.duckdb(?:\.bak\.[0-9A-Za-z_-]+)?$/.test(file),
      );
      expect({ kill, rest }).toEqual({ kill, rest: [] });
    }
    return { before, kept, states: answers[0].states };
  }

  describe.each(starts)('$name', ({ name, wal }) => {
    it(`is exactly the old or the new one after a kill anywhere in dojo migrate (seed ${killSeed}), and the next run finishes`, async () => {
      const id = name.replace(/\W/g, '-');
      const base = await made(id, wal);
      const { before, kept, states } = await prove(
        base,
        id,
        database => migrate(database, all),
        killsAnywhere,
      );
      expect(kept.length).toBeGreaterThanOrEqual(isFullSweep() ? 100 : 50);
      expect(states.filter(state => state === 'old').length).toBeGreaterThan(9);
      expect(states.filter(state => state === 'new').length).toBeGreaterThan(4);

      // Every backup that the runs left is the database that was.
      const backups = kept.flatMap(({ folder }) =>
        readdirSync(folder)
          .filter(file => file.includes('.bak.'))
          .map(file => join(folder, file)),
      );
      expect(backups.length).toBeGreaterThanOrEqual(kept.length);
      const kinds = nodeDuckdb.read(backups, hardQueries).map(answerOf);
      expect(new Set(kinds)).toEqual(new Set([before]));
    });
  });

  describe('that is restored', () => {
    it('is exactly the one or the other after a kill at any call of dojo restore, and the same command ends at the restored one', async () => {
      const base = await made('restored', starts[1].wal);
      const database = join(base, 'l.duckdb');
      const { stdout } = await runKilled(
        { args: migrate(database, all), folder: base, home: `${base}-home` },
        { kind: 'never' },
      );
      const { backup } = JSON.parse(stdout) as { backup: string };
      const restored = filesOf(base)[`l.duckdb.bak.${backup}`];
      runSql(database, starts[1].wal!, { keepWal: true });
      expect(Object.keys(filesOf(base))).toContain('l.duckdb.wal');
      const { before, kept, states } = await prove(
        base,
        'restore',
        path => ['restore', '--database', path],
        killsAtCalls,
      );
      expect(kept.length).toBeGreaterThanOrEqual(30);
      expect(new Set(states)).toEqual(new Set(['old', 'new']));

      for (const { folder, kill } of kept) {
        const { 'l.duckdb': now, ...backups } = filesOf(folder);
        expect({ kill, now }).toEqual({ kill, now: restored });
        expect({ kill, backups }).toMatchObject({
          kill,
          backups: { [`l.duckdb.bak.${backup}`]: restored },
        });
        // What was replaced is kept, and nothing else.
        const replaced = Object.keys(backups)
          .filter(file => !file.endsWith(backup))
          .map(file => join(folder, file));
        expect(replaced.length).toBeGreaterThanOrEqual(1);
        const kinds = nodeDuckdb.read(replaced, hardQueries).map(answerOf);
        expect({ kill, kinds: new Set(kinds) }).toEqual({
          kill,
          kinds: new Set([before]),
        });
      }
    });
  });
});
