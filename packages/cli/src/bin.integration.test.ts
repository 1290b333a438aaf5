import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { version } from '../package.json';

const bin = resolve(__dirname, '../bin');

describe('dojo-portal-cli/bin/dojo', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-bin-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (path: string, args: readonly string[]) =>
    execFileSync(process.execPath, [path, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, INIT_CWD: '/' },
    });

  describe('when it is in a checkout', () => {
    it('runs the sources, without a build', () => {
      expect(start(join(bin, 'dojo'), ['--version'])).toBe(`${version}\n`);
    });

    it('ends when all of a long answer is read', () => {
      const ids = Array.from(
        { length: 3000 },
        (_, at) => `${String(at + 1).padStart(4, '0')}_${'x'.repeat(60)}`,
      );
      ids.forEach(id => writeFileSync(join(folder, `${id}.sql`), 'SELECT 1'));
      const answer = start(join(bin, 'dojo'), [
        ...['migrate', '--check', '--json', '--migrations', '.'],
      ]);
      expect(JSON.parse(answer).pending).toEqual(ids);
    });
  });

  describe('when it is the child of a backend', () => {
    it('takes its request from stdin, and tells outcomes over the channel', async () => {
      writeFileSync(join(folder, '0001_a.sql'), 'CREATE TABLE t (id BIGINT)');
      const child = spawn(
        process.execPath,
        [join(bin, 'dojo'), 'run-request'],
        {
          cwd: folder,
          env: { PATH: process.env.PATH },
          stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
        },
      );
      const notices: unknown[] = [];
      child.on('message', notice => notices.push(notice));
      const stdout = text(child.stdout!);
      const stderr = text(child.stderr!);
      child.stdin!.end(
        JSON.stringify({
          kind: 'migration',
          mode: 'run',
          request: { database: join(folder, 'l.duckdb') },
          migrations: '.',
        }),
      );
      await Promise.all([once(child, 'close'), once(child, 'disconnect')]);
      const result = JSON.parse(await stdout);
      expect(result).toMatchObject({ outcome: 'migrated', to: '0001_a' });
      expect(result.effects).not.toEqual([]);
      expect(notices).toEqual(
        result.effects.map((outcome: unknown) => ({ outcome })),
      );
      expect(await stderr).toContain('0001_a');
      expect(child.exitCode).toBe(0);
    });
  });

  describe('when what it writes to is full', () => {
    const startFull = (full: 'stdout' | 'stderr') => {
      writeFileSync(join(folder, '0001_a.sql'), 'CREATE TABLE t (id BIGINT)');
      const device = openSync('/dev/full', 'w');
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          join(bin, 'dojo'),
          ...['migrate', '--database', 'l.duckdb', '--migrations', '.'],
        ],
        {
          cwd: folder,
          encoding: 'utf8',
          env: { PATH: process.env.PATH },
          stdio: [
            'ignore',
            full === 'stdout' ? device : 'pipe',
            full === 'stderr' ? device : 'pipe',
          ],
        },
      );
      closeSync(device);
      return {
        status,
        said: stdout ?? stderr,
        isMigrated: existsSync(join(folder, 'l.duckdb')),
      };
    };

    it('goes on without its log', () => {
      expect(startFull('stderr')).toEqual({
        status: 0,
        said: expect.stringContaining('Migrated nothing → 0001_a'),
        isMigrated: true,
      });
    });

    it('says that nobody got its answer', () => {
      expect(startFull('stdout')).toEqual({
        status: 1,
        said: expect.stringContaining(
          'the answer could not be written: ENOSPC',
        ),
        isMigrated: true,
      });
    });
  });

  describe('when it is in a package from npm', () => {
    it('runs the build, in the folder that it was started in', () => {
      const installed = join(folder, 'dojo-portal-cli');
      cpSync(bin, join(installed, 'bin'), { recursive: true });
      mkdirSync(join(installed, 'dist'));
      writeFileSync(
        join(installed, 'dist/index.cjs.js'),
        'exports.main = (args, { cwd }) => console.log(args.join(), cwd);',
      );
      expect(start(join(installed, 'bin/dojo'), ['a', 'b'])).toBe(
        `a,b ${folder}\n`,
      );
    });
  });
});
