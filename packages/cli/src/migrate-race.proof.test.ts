import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  hardMigrations,
  hardQueries,
  nodeDuckdb,
  runSql,
  startDojo,
  writeMigrations,
} from 'dojo-testing';
import { runDojo } from './__testUtils__/run-dojo';

const runs = 8;

jest.setTimeout(300_000);

/** A run that was not first says that there is nothing to do, or who holds the database. */
interface RunEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
const endOf = ({ code, stdout, stderr }: RunEnd) => {
  const { outcome, error } = JSON.parse(stdout || '{}') as {
    outcome?: string;
    error?: { code: string };
  };
  return `${code} ${outcome ?? error?.code ?? stderr}`;
};

describe('dojo migrate', () => {
  let root: string;
  let folder: string;
  let database: string;
  let all: string;
  let made = 0;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-race-'));
    all = writeMigrations(join(root, 'all'), hardMigrations);
    writeMigrations(join(root, 'first'), hardMigrations, 1);
    bundleDojo();
  });
  beforeEach(() => {
    folder = join(root, `data-${made++}`);
    database = join(folder, 'l.duckdb');
    mkdirSync(folder);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

  const args = (migrations: string) => [
    ...['migrate', '--database', database, '--migrations', migrations],
    '--json',
  ];
  const inProcess = (name: string | number, migrations = all) =>
    startDojo(args(migrations), join(root, `home-${made}-${name}`), {
      // Each with the clock that it has: what they make is told apart by it.
      SOURCE_DATE_EPOCH: '',
    }).ended;
  const backups = () =>
    readdirSync(folder).filter(name => name.includes('.bak.'));

  async function begin(): Promise<void> {
    const { code, stderr } = await inProcess('first', join(root, 'first'));
    if (code !== 0) throw new Error(stderr);
    runSql(database, 'UPDATE t SET a = 5 WHERE id < 9;', { keepWal: true });
  }

  /** All is there once, whoever did it. */
  function expectHead(ends: readonly string[], backupCount: number): void {
    const allowed = ['0 migrated', '0 already-migrated', '4 DATABASE_LOCKED'];
    expect(ends.filter(end => !allowed.includes(end))).toEqual([]);
    expect(ends.filter(end => end === '0 migrated')).toHaveLength(1);
    expect(backups()).toHaveLength(backupCount);
    expect(readdirSync(folder)).toHaveLength(1 + backupCount);
    const [answer] = nodeDuckdb.read([database], hardQueries);
    expect(answer).toMatchObject({
      texts: [
        Object.keys(hardMigrations)
          .map(name => name.replace('.sql', ''))
          .join(' '),
        expect.stringMatching(/^20000 /),
        'a BIGINT, b INTEGER, created TIMESTAMP, id BIGINT, n BIGINT, u UUID',
        'no index',
      ],
    });
  }

  describe.each([2, runs])('when %d processes run it at once', count => {
    it('migrates once, keeps one backup, and the others say who holds it or that it is done', async () => {
      await begin();
      const ends = await Promise.all(
        Array.from({ length: count }, (_, run) => inProcess(run)),
      );
      expectHead(ends.map(endOf), 1);
      for (const { stderr } of ends.filter(end => end.code === 4)) {
        expect(stderr).toMatch(/is held by \S*node\S* \(PID \d+\)/);
      }
      expect(endOf(await inProcess('again'))).toBe('0 already-migrated');
    });
  });

  describe(`when ${runs} processes make a database at once`, () => {
    // eslint-disable-next-line jest/expect-expect -- expectHead asserts
    it('makes one', async () => {
      const ends = await Promise.all(
        Array.from({ length: runs }, (_, run) => inProcess(run)),
      );
      expectHead(ends.map(endOf), 0);
    });
  });

  describe(`when ${runs} run at once in one process`, () => {
    it('lets one after the other, and only the first has something to do', async () => {
      await begin();
      const ends = await Promise.all(
        Array.from({ length: runs }, () => runDojo(args(all))),
      );
      expectHead(ends.map(endOf), 1);
      expect(ends.map(({ code }) => code)).toEqual(
        Array.from({ length: runs }, () => 0),
      );
    });
  });

  describe('when one checks and plans while another migrates', () => {
    it('tells the one or the other, and disturbs nobody', async () => {
      await begin();
      const looks = ['--check', '--dry-run'].map(
        flag =>
          startDojo([...args(all), flag], join(root, `home-${made}${flag}`))
            .ended,
      );
      const ends = (await Promise.all([...looks, inProcess('run')])).map(endOf);
      const allowed = [
        '0 pending',
        '0 planned',
        '0 current',
        '0 already-migrated',
        '0 migrated',
        '4 DATABASE_LOCKED',
      ];
      expect(ends.filter(end => !allowed.includes(end))).toEqual([]);
      // Whoever was refused is done the next time.
      await inProcess('again');
      expectHead(['0 migrated'], 1);
    });
  });
});
