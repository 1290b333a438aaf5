import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../source-hash.mjs';

/** Of the Backstage that this repository is for (backstage.json: 1.55). */
const createApp = '@backstage/create-app@0.9.2';

const manifestOf = folder =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** A Backstage as `create-app` generates it, before anything is installed. */
export class FreshApp {
  /** @param folder - that it is in. */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param folder - that it is made in; there is none yet. */
  static generate(folder) {
    const app = new FreshApp(folder);
    app.#run(
      dirname(folder),
      'npx',
      '--yes',
      createApp,
      '--skip-install',
      '--path',
      folder,
    );
    return app;
  }

  read(path) {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  change(path, change) {
    this.write(path, change(this.read(path)));
  }

  write(path, text) {
    writeFileSync(join(this.folder, path), text);
  }

  #json(path, change) {
    const value = JSON.parse(this.read(path));
    change(value);
    this.write(path, `${JSON.stringify(value, undefined, 2)}\n`);
  }

  /**
   * Adds packages as `yarn --cwd packages/<to> add <names>` would, from archives instead of a registry.
   *
   * @param added - package of the app (`app`, `backend`) to names.
   * @param archives - name to archive of everything that is published, since they need each other.
   */
  addPackages(added, archives) {
    const place = name => `file:${archives.get(name)}`;
    for (const [to, names] of Object.entries(added)) {
      this.#json(`packages/${to}/package.json`, manifest => {
        for (const name of names) manifest.dependencies[name] = place(name);
      });
    }
    this.#json('package.json', ({ resolutions }) => {
      Object.assign(resolutions, this.#backstageVersions());
      for (const name of archives.keys()) resolutions[name] = place(name);
      // Those that this repository takes for the newest Node, by the same lines.
      Object.assign(resolutions, manifestOf(ROOT).resolutions);
    });
  }

  /**
   * The versions of one Backstage release: `create-app` takes them from a lockfile of that release, which it fetches from
   * the net. They are those that the app itself asks for, and of what these need those that this repository has.
   */
  #backstageVersions() {
    const ours = readdirSync(join(ROOT, 'node_modules/@backstage')).map(
      folder => {
        const { name, version } = manifestOf(
          join(ROOT, 'node_modules/@backstage', folder),
        );
        return [name, version];
      },
    );
    const asked = ['.', 'packages/app', 'packages/backend'].flatMap(folder => {
      const { dependencies, devDependencies } = manifestOf(
        join(this.folder, folder),
      );
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([name]) => name.startsWith('@backstage/'))
        .map(([name, range]) => [name, range.replace('^', '')]);
    });
    return Object.fromEntries([...ours, ...asked]);
  }

  /** Installs what its package.json files ask for; the versions of this repository are the seed. */
  install() {
    copyFileSync(join(ROOT, 'yarn.lock'), join(this.folder, 'yarn.lock'));
    this.#run(this.folder, 'yarn', 'install');
  }

  bundle() {
    this.#run(this.folder, 'yarn', 'workspace', 'app', 'build');
  }

  #run(cwd, command, ...args) {
    try {
      return execFileSync(command, args, {
        cwd,
        env: {
          ...process.env,
          BACKSTAGE_APP_NAME: 'fresh',
          // Where CI is said, yarn would change no lockfile.
          YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
          // The lockfile is of this repository's Yarn.
          YARN_IGNORE_PATH: '1',
          YARN_NM_MODE: 'hardlinks-local',
          NODE_ENV: undefined,
        },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 900_000,
        maxBuffer: 64 * 1024 * 1024,
      });
    } catch (error) {
      throw new Error(
        `${[command, ...args].join(' ')}: ${error.message}\n${String(
          error.stdout,
        ).slice(-6000)}`,
      );
    }
  }
}
