import { execFile } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, workspaces } from '../source-hash.mjs';

const launcher = [
  'scripts/dojo.cjs',
  'scripts/dojo-bundle.cjs',
  'scripts/load-compiled.cjs',
  'yarn.lock',
];
/** Name and folder of each package that the command is made of. */
export const bundled = [
  'dojo-portal-cli',
  'dojo-portal-core',
  'backstage-plugin-dojo-common',
].map(name => [name, workspaces().get(name).folder]);

/** A checkout with what the command is made of, with a cache of its own and the dependencies of this one. */
export class Checkout {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-bundle-')));
  root = join(this.folder, 'checkout');
  cache = join(this.root, 'node_modules/.cache/dojo');
  manifest = join(this.cache, 'manifest');

  constructor() {
    mkdirSync(join(this.root, 'scripts'), { recursive: true });
    mkdirSync(join(this.root, 'node_modules'));
    for (const file of launcher) {
      copyFileSync(join(ROOT, file), join(this.root, file));
    }
    for (const [name, folder] of bundled) {
      for (const part of ['package.json', 'src']) {
        cpSync(join(ROOT, folder, part), join(this.root, folder, part), {
          recursive: true,
          filter: path => !/\.test\.tsx?$/.test(path),
        });
      }
      symlinkSync(join('..', folder), join(this.root, 'node_modules', name));
    }
    // All else is found further up.
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Starts the command. @returns its exit code and what it wrote. */
  start(args, { env = {}, cwd = this.folder } = {}) {
    const { INIT_CWD, ...inherited } = process.env;
    return new Promise(resolve => {
      const child = execFile(
        process.execPath,
        [join(this.root, 'scripts/dojo.cjs'), ...args],
        { cwd, env: { ...inherited, ...env }, timeout: 60_000 },
        (error, stdout, stderr) =>
          resolve({ code: error ? error.code : 0, stdout, stderr }),
      );
      child.stdin.end();
    });
  }

  /** Lets a module say so when it is evaluated. */
  announce(file, text) {
    appendFileSync(
      join(this.root, file),
      `process.stderr.write('evaluates ${text}\\n');\n`,
    );
  }

  setVersion(to) {
    const file = join(this.root, 'packages/cli/package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...manifest, version: to }));
  }

  bundles() {
    return readdirSync(this.cache)
      .filter(name => name.endsWith('.cjs'))
      .sort();
  }

  /** Puts a file into the cache as if it were made then. */
  leave(name, milliseconds) {
    const time = new Date(Date.now() - milliseconds);
    mkdirSync(this.cache, { recursive: true });
    writeFileSync(join(this.cache, name), 'left over');
    utimesSync(join(this.cache, name), time, time);
  }

  dispose() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
