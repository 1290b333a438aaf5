import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installRequirements } from 'dojo-testing';

const dojo = resolve(__dirname, '../../../../scripts/dojo.cjs');

/** How a program of the service ended, and all that it said. */
export interface ProgramExit {
  readonly code: number | null;
  readonly output: string;
}

/** A program of the service while it runs. */
export interface Program {
  readonly ended: Promise<ProgramExit>;
  /** Waits until it said this, or ended. */
  said(words: string): Promise<unknown>;
  /** Ends it as a cluster ends a pod. */
  end(): void;
}

type Environment = Readonly<Record<string, string>>;

/** A service that was made, in a repository of its own, with what it needs to run. */
export interface MadeService {
  readonly root: string;
  /** Starts one of its programs in it. */
  start(args: readonly string[], env?: Environment): Program;
  /** Runs one of its programs in it, to its end. */
  run(args: readonly string[], env?: Environment): Promise<ProgramExit>;
  git(...args: readonly string[]): string;
  /** Commits all that is there. */
  commit(message: string): void;
}

/**
 * Makes the folder a repository with one commit, and gives it the Python of its own requirements and the `dojo` command of
 * this checkout, as its scripts look for them.
 */
export function makeService(root: string): MadeService {
  const command = join(root, '../dojo');
  // Under Yarn, the command's paths begin where Yarn was called.
  writeFileSync(
    command,
    `#!/bin/sh\nINIT_CWD="$PWD" exec '${process.execPath}' '${dojo}' "$@"\n`,
  );
  chmodSync(command, 0o755);
  symlinkSync(
    installRequirements(join(root, 'requirements-dev.txt')),
    join(root, '.venv'),
  );
  const environment = {
    PATH: process.env.PATH,
    HOME: root,
    DOJO: command,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Mira Aoki',
    GIT_AUTHOR_EMAIL: 'mira@example.com',
    GIT_COMMITTER_NAME: 'Mira Aoki',
    GIT_COMMITTER_EMAIL: 'mira@example.com',
  };
  const service: MadeService = {
    root,
    start: ([program, ...args], env = {}) => {
      const child = spawn(join(root, program), args, {
        cwd: root,
        env: { ...environment, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      const listeners = new Set<() => void>();
      const hear = (chunk: Buffer) => {
        output += chunk;
        listeners.forEach(listener => listener());
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      const ended = once(child, 'close').then(([code]) => ({ code, output }));
      const said = (words: string) =>
        new Promise<void>(resolved => {
          const look = () => output.includes(words) && resolved();
          listeners.add(look);
          look();
        });
      return {
        ended,
        said: words => Promise.race([said(words), ended]),
        end: () => child.kill('SIGTERM'),
      };
    },
    run: (args, env) => service.start(args, env).ended,
    git: (...args) => {
      const { status, stdout, stderr } = spawnSync('git', args, {
        cwd: root,
        env: environment,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
      return stdout;
    },
    commit: message => {
      service.git('add', '--all');
      service.git('commit', '--quiet', '--message', message);
    },
  };
  service.git('init', '--quiet', '--initial-branch', 'main');
  service.commit('feat: begin');
  return service;
}

/** The same of a copy of the folder, so that nothing is written into it. */
export function makeServiceOf(folder: string, root: string): MadeService {
  cpSync(folder, root, { recursive: true });
  return makeService(root);
}
