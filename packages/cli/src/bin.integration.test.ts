import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
