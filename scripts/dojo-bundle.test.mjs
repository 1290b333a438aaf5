import assert from 'node:assert/strict';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Checkout, bundled } from './__testUtils__/checkout.mjs';
import { workspaces } from './source-hash.mjs';

const { version } = workspaces().get('dojo-portal-cli').manifest;
const hour = 60 * 60_000;

/** The bundle that a manifest names. */
const bundleOf = manifest =>
  join(dirname(manifest), readFileSync(manifest, 'utf8').split('\n')[0]);

function flipBit(file, at) {
  const bytes = readFileSync(file);
  bytes[at] ^= 1;
  writeFileSync(file, bytes);
}

const announced = ({ stderr }) => stderr.match(/(?<=^evaluates ).*$/gm) ?? [];

describe('runDojo', { timeout: 600_000 }, () => {
  let checkout;

  const tellsVersion = async () =>
    assert.deepEqual(await checkout.start(['--version']), {
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });

  /** Starts it twice. @returns the one bundle that was made, by the first of them. */
  const makesOne = async () => {
    const before = checkout.bundles();
    await tellsVersion();
    const after = checkout.bundles();
    await tellsVersion();
    assert.deepEqual(checkout.bundles(), after);
    const made = after.filter(name => !before.includes(name));
    assert.equal(made.length, 1);
    return made[0];
  };

  describe('while sources stay as they are', () => {
    before(() => {
      checkout = new Checkout();
    });
    after(() => checkout.dispose());

    describe('when there is no bundle', () => {
      beforeEach(() =>
        rmSync(checkout.cache, { recursive: true, force: true }),
      );

      it('makes one, which the next start uses as it is', async () => {
        await tellsVersion();
        const [name, ...more] = checkout.bundles();
        assert.deepEqual(more, []);
        const made = statSync(join(checkout.cache, name));
        await tellsVersion();
        assert.deepEqual(checkout.bundles(), [name]);
        const { ino, mtimeMs } = statSync(join(checkout.cache, name));
        assert.deepEqual([ino, mtimeMs], [made.ino, made.mtimeMs]);
      });

      it('works at two starts at once, and the next one makes no more', async () => {
        await Promise.all([tellsVersion(), tellsVersion()]);
        const made = checkout.bundles();
        await tellsVersion();
        assert.deepEqual(checkout.bundles(), made);
      });
    });

    for (const [state, spoil] of [
      ['is gone', file => rmSync(file)],
      ['is empty', file => writeFileSync(file, '')],
      ['is cut short', file => truncateSync(file, 1000)],
      ['is garbage', file => writeFileSync(file, Buffer.alloc(4096, 0xfe))],
      ['names a file that is gone', file => rmSync(bundleOf(file))],
    ]) {
      describe(`when the manifest ${state}`, () => {
        it('makes bundle and manifest anew', async () => {
          await tellsVersion();
          spoil(checkout.manifest);
          const made = await makesOne();
          assert.equal(bundleOf(checkout.manifest), join(checkout.cache, made));
        });
      });
    }

    describe('what was compiled', () => {
      const help = ['migrate', '--help', '--json', '--help'];
      const kept = () => `${bundleOf(checkout.manifest)}.migrate--help--json`;
      const startsWell = async () => {
        const { code, stderr } = await checkout.start(help);
        assert.deepEqual([code, stderr], [0, '']);
      };

      beforeEach(async () => {
        await tellsVersion();
        rmSync(kept(), { recursive: true, force: true });
      });

      it('is kept for each command and its flags, and used as it is', async () => {
        await startsWell();
        const made = statSync(kept());
        assert.ok(
          made.size > statSync(kept().replace(/migrate.*/, '--version')).size,
        );
        await startsWell();
        const { ino, mtimeMs } = statSync(kept());
        assert.deepEqual([ino, mtimeMs], [made.ino, made.mtimeMs]);
      });

      for (const [state, spoil] of [
        ['is empty', () => writeFileSync(kept(), '')],
        ['is cut short', () => truncateSync(kept(), 50_000)],
        ['is garbage', () => writeFileSync(kept(), Buffer.alloc(4096, 0xfe))],
        ['has a flipped bit', () => flipBit(kept(), 100_000)],
      ]) {
        it(`is made anew where it ${state}`, async () => {
          await startsWell();
          const { size } = statSync(kept());
          spoil();
          const spoilt = readFileSync(kept());
          await startsWell();
          const made = readFileSync(kept());
          assert.ok(made.length > Math.max(100_000, size * 0.9));
          assert.ok(!made.equals(spoilt));
        });
      }

      it('is done without where it cannot be kept', async () => {
        mkdirSync(kept());
        await startsWell();
        assert.deepEqual(
          readdirSync(checkout.cache).filter(name => /\.\d+$/.test(name)),
          [],
        );
      });
    });

    describe('when there are bundles of other states', () => {
      beforeEach(() => {
        rmSync(checkout.manifest, { force: true });
        checkout.leave('dojo-old.cjs', 25 * hour);
        checkout.leave('dojo-new.cjs', 23 * hour);
      });

      it('removes those older than a day when it makes one', async () => {
        const made = await makesOne();
        const left = checkout.bundles();
        assert.ok(!left.includes('dojo-old.cjs'));
        assert.ok(left.includes('dojo-new.cjs') && left.includes(made));
      });

      it('works where another start is removing them', async () => {
        // What rmSync says of a folder that is filled meanwhile; it cannot be had at will.
        const failing = join(checkout.folder, 'failing.cjs');
        writeFileSync(
          failing,
          `require('node:fs').rmSync = () => { throw new Error('ENOTEMPTY'); };`,
        );
        const { code, stdout } = await checkout.start(['--version'], {
          env: { NODE_OPTIONS: `--require=${failing}` },
        });
        assert.deepEqual([code, stdout], [0, `${version}\n`]);
      });
    });

    describe('when tests and locks of editors come to the sources', () => {
      it('makes no other bundle', async t => {
        await tellsVersion();
        const made = checkout.bundles();
        const [test, lock] = ['a.test.ts', '.#run.ts'].map(name =>
          join(checkout.root, 'packages/cli/src', name),
        );
        t.after(() => [test, lock].forEach(path => rmSync(path)));
        writeFileSync(test, '');
        symlinkSync('somebody@somewhere.4711', lock);
        await tellsVersion();
        assert.deepEqual(checkout.bundles(), made);
      });
    });

    it('begins relative paths where the caller of yarn is', async () => {
      const { stdout } = await checkout.start(
        ['migrate', '--database', 'l', '--migrations', 'gone', '--json'],
        { cwd: checkout.root, env: { INIT_CWD: checkout.folder } },
      );
      const { message } = JSON.parse(stdout).error;
      assert.ok(message.includes(join(checkout.folder, 'gone')), message);
    });
  });

  describe('when sources change', () => {
    beforeEach(() => {
      checkout = new Checkout();
    });
    afterEach(() => checkout.dispose());

    it('runs them as they are now', async () => {
      await tellsVersion();
      // The engines have an entry each: of core, a command evaluates the one that it uses.
      const files = bundled.map(([, folder]) =>
        folder === 'packages/core'
          ? `${folder}/src/entries/release.ts`
          : `${folder}/src/index.ts`,
      );
      for (const file of files) checkout.announce(file, file);
      checkout.setVersion('9.8.7');
      const judged = await checkout.start(['commits', '--json']);
      assert.equal(judged.code, 0);
      assert.deepEqual(announced(judged).sort(), files.sort());
      const { stdout } = await checkout.start(['--version']);
      assert.equal(stdout, '9.8.7\n');
      assert.equal(checkout.bundles().length, 2);
    });

    it('fails while one does not parse, and names it', async () => {
      const file = join(checkout.root, 'packages/cli/src/run.ts');
      const good = readFileSync(file);
      writeFileSync(file, 'export const run = ;\n');
      const { code, stdout, stderr } = await checkout.start(['--version']);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /packages\/cli\/src\/run\.ts:1/);
      writeFileSync(file, good);
      await tellsVersion();
    });

    it('evaluates the module of a command only where it is asked for', async () => {
      const folder = 'packages/cli/src/commands';
      const commands = readdirSync(join(checkout.root, folder))
        .filter(file => file.endsWith('-command.ts'))
        .map(file => file.replace('-command.ts', ''));
      assert.ok(commands.includes('migrate'));
      for (const name of commands) {
        checkout.announce(`${folder}/${name}-command.ts`, name);
      }
      for (const name of commands) {
        const help = await checkout.start([name, '--help']);
        assert.match(help.stdout, new RegExp(`^Usage: dojo ${name} `));
        assert.deepEqual(announced(help), [name]);
      }
      const help = await checkout.start(['--help']);
      assert.deepEqual(announced(help).sort(), commands.sort());
    });
  });
});
