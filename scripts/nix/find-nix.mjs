/** `nix-instantiate`, which evaluates what flake.nix says: the machine's own, else Debian's, unpacked into .cache. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';

const folder = join(ROOT, '.cache/nix');

const missing =
  '• The tests evaluate flake.nix: put nix-instantiate on PATH (install Nix >= 2.8; on Debian the package nix-bin), and run this again';

/**
 * @returns `command` and the `env` that it runs with: it then keeps what it makes below .cache, needs no daemon, and never
 * is root's. Throws with how to get one where there is none and apt-get cannot fetch it.
 */
export function findNix(own = 'nix-instantiate') {
  if (spawnSync(own, ['--version'], { stdio: 'ignore' }).status === 0) {
    return { command: own, env: ownFolders() };
  }
  const root = join(folder, 'root');
  if (!existsSync(root)) unpackDebians(root);
  const env = { ...ownFolders(), LD_LIBRARY_PATH: libraries(root) };
  const command = join(root, 'usr/bin/nix-instantiate');
  const { status } = spawnSync(command, ['--version'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error(missing);
  return { command, env };
}

const ownFolders = () => ({
  HOME: join(folder, 'home'),
  NIX_CONF_DIR: join(folder, 'etc'),
  NIX_LOG_DIR: join(folder, 'log'),
  NIX_REMOTE: 'local',
  NIX_STATE_DIR: join(folder, 'state'),
  NIX_STORE_DIR: join(folder, 'store'),
});

/** Where the libraries are, whatever Debian calls the machine's architecture. */
function libraries(root) {
  const lib = join(root, 'usr/lib');
  return [lib, ...readdirSync(lib).map(name => join(lib, name))].join(':');
}

/** The package and the libraries that it lacks here: downloaded and unpacked, not installed, so that nobody need be root. */
function unpackDebians(root) {
  mkdirSync(folder, { recursive: true });
  const made = mkdtempSync(join(folder, 'made-'));
  try {
    process.stderr.write("• Debian's Nix is fetched to .cache (once, 10 s)\n");
    mkdirSync(join(made, 'lists/partial'), { recursive: true });
    mkdirSync(join(made, 'cache/archives/partial'), { recursive: true });
    apt(made, 'update');
    const plan = apt(made, '-s', '--no-install-recommends', 'install', name);
    const wanted = [...plan.matchAll(/^Inst (\S+)/gm)]
      .map(([, found]) => found)
      // Perl is for a command of Nix that is not used.
      .filter(found => found === name || /^lib(?!.*perl)/.test(found));
    if (!wanted.includes(name)) throw new Error(`apt-get plans: ${plan}`);
    apt(made, 'download', ...wanted);
    for (const file of readdirSync(made).filter(f => f.endsWith('.deb'))) {
      run('dpkg', ['-x', file, 'root'], made);
    }
    renameSync(join(made, 'root'), root);
  } catch (error) {
    // Another run was first.
    if (existsSync(root)) return;
    throw new Error(`${missing}\n  ${error.message.split('\n')[0]}`);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const name = 'nix-bin';

/** Its own lists of packages: the machine's may be absent or old, and are root's. */
const apt = (made, ...args) =>
  run(
    'apt-get',
    [
      ...['-q', '-o', `Dir::State::lists=${join(made, 'lists')}`],
      ...['-o', `Dir::Cache=${join(made, 'cache')}`],
      ...['-o', 'APT::Sandbox::User=root', ...args],
    ],
    made,
  );

const run = (command, args, cwd) =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
