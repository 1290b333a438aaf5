// This file is also loaded by node itself, without a transform (bench/portal): node's own modules alone, with their whole names.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const user = 'dojo';
const startsWithinMs = 120_000;

/** A PostgreSQL that nobody else asks. */
export interface TestPostgres {
  /** `postgresql://dojo@127.0.0.1:<port>/postgres`: a superuser without a password. */
  readonly url: string;
  /** Of the program: `postgres PostgreSQL 15.18`. */
  readonly version: string;
  /** Ends it and removes all that it kept. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL with its defaults on a free port, in a folder that goes with it. Its programs are those on PATH, else
 * the newest where Debian puts them.
 *
 * @throws Error where there are none, and where it is not ready within two minutes.
 */
export async function startPostgres(port: number): Promise<TestPostgres> {
  const programs = findPrograms();
  // It refuses to be root; a container's root lends it the user that nobody logs in as.
  const identity =
    process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const run = (name: string, args: readonly string[]) => {
    const { status, stdout, stderr, error } = spawnSync(
      join(programs, name),
      args,
      { ...identity, cwd: folder, encoding: 'utf8' },
    );
    if (error) throw error;
    if (status !== 0) throw new Error(`${name}: ${stderr || stdout}`);
    return stdout;
  };
  const cluster = join(folder, 'cluster');
  run('initdb', ['-N', '-D', cluster, '-U', user, '-A', 'trust', '-E', 'UTF8']);
  const server = spawn(
    join(programs, 'postgres'),
    [
      ...['-D', cluster, '-k', folder, '-p', String(port)],
      ...['-c', 'listen_addresses=127.0.0.1'],
    ],
    { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.on('data', chunk => (said = `${said}${chunk}`.slice(-4000)));
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = once(server, 'exit');
      // Ends its sessions instead of waiting for them.
      server.kill('SIGINT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => server.kill('SIGQUIT'));
  const end = Date.now() + startsWithinMs;
  while (!/ready to accept connections/.test(said)) {
    if (server.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`PostgreSQL did not start: ${said}`);
    }
    await delay(50);
  }
  return {
    url: `postgresql://${user}@127.0.0.1:${port}/postgres`,
    version: run('postgres', ['--version']).trim().replace(/[()]/g, ''),
    stop,
  };
}

/** The folder that holds `initdb` and `postgres`: on PATH, else where Debian puts them, the newest first. */
function findPrograms(): string {
  const debian = '/usr/lib/postgresql';
  let versions: string[] = [];
  try {
    versions = readdirSync(debian);
  } catch {
    // Not Debian.
  }
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions
      .sort((one, other) => Number(other) - Number(one))
      .map(version => join(debian, version, 'bin')),
  ];
  for (const folder of folders) {
    try {
      accessSync(join(folder, 'initdb'), constants.X_OK);
      accessSync(join(folder, 'postgres'), constants.X_OK);
      return folder;
    } catch {
      // The next one.
    }
  }
  throw new Error('there is no PostgreSQL: put initdb and postgres on PATH');
}

function idOf(which: string): number {
  for (const name of ['postgres', 'nobody']) {
    const { status, stdout } = spawnSync('id', [which, name], {
      encoding: 'utf8',
    });
    if (status === 0) return Number(stdout);
  }
  throw new Error('root may not run PostgreSQL, and there is no user for it');
}
