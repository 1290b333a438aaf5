import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { gitErrors } from './git-errors';
import { gitEnvironment } from './git-environment';
import type { GitEnvironmentOptions } from './git-environment';

/** One git process. */
export interface GitCommand extends GitEnvironmentOptions {
  /** The argument vector; its first word names the command in messages. */
  readonly args: readonly string[];
  /** Working directory; a repository only where `gitDir` says so. */
  readonly directory: string;
  readonly gitDir?: string;
  /** The repository as a reader may see it, for messages. */
  readonly display: string;
  /** Standard output beyond this many bytes is an error; default 64 MiB. */
  readonly mostOutput?: number;
  /** Milliseconds until the process group is killed; default 10 minutes. */
  readonly deadline?: number;
  readonly signal: AbortSignal;
}

/** How a git process ended by itself. A code other than 0 is the caller's to judge. */
export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  /** The last {@link mostStderr} characters. */
  readonly stderr: string;
}

const defaultDeadline = 10 * 60_000;
const defaultMostOutput = 64 * 1024 * 1024;
export const mostStderr = 64 * 1024;
/** Git removes its lock files on SIGTERM; one that does not end by itself is killed after this long. */
const graceMilliseconds = 2_000;

/**
 * Runs git by argument vector, in a process group of its own that ends with it.
 *
 * @throws DojoError GIT_MISSING, GIT_DEADLINE, GIT_OUTPUT_TOO_LARGE; the signal's reason where it was aborted.
 */
export async function runGit(command: GitCommand): Promise<GitOutput> {
  command.signal.throwIfAborted();
  const child = spawnGit(command);
  const most = command.mostOutput ?? defaultMostOutput;
  const deadline = command.deadline ?? defaultDeadline;
  const verb = command.args[0];
  const out: Buffer[] = [];
  let size = 0;
  let stderr = '';
  let stopped: unknown;

  return new Promise<GitOutput>((resolve, reject) => {
    const stop = (reason: unknown) => {
      stopped ??= reason;
      endGroup(child);
    };
    const onAbort = () => stop(command.signal.reason);
    const timer = setTimeout(
      () =>
        stop(
          gitErrors.deadline(
            command.display,
            verb,
            Math.round(deadline / 1_000),
          ),
        ),
      deadline,
    );
    command.signal.addEventListener('abort', onAbort, { once: true });
    child.stdout!.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) {
        stop(gitErrors.outputTooLarge(command.display, verb, most));
      } else out.push(chunk);
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-mostStderr);
    });
    const settle = (then: () => void) => {
      clearTimeout(timer);
      command.signal.removeEventListener('abort', onAbort);
      then();
    };
    child.on('error', error => settle(() => reject(spawnFailure(error))));
    child.on('close', code =>
      settle(() => {
        if (stopped !== undefined) reject(stopped);
        else resolve({ code: code ?? 255, stdout: Buffer.concat(out), stderr });
      }),
    );
  });
}

/** Starts git with the environment of {@link gitEnvironment}, in a process group of its own. */
export function spawnGit(
  command: Pick<
    GitCommand,
    'args' | 'directory' | 'gitDir' | 'protocols' | 'config'
  >,
): ChildProcess {
  const environment = gitEnvironment(process.env, command);
  return spawn('git', command.args, {
    cwd: command.directory,
    env: {
      ...environment,
      ...(command.gitDir === undefined
        ? { GIT_CEILING_DIRECTORIES: dirname(command.directory) }
        : { GIT_DIR: command.gitDir }),
    },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Ends a process started by {@link spawnGit} and all it started. */
export function endGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(
    () => signalGroup(pid, 'SIGKILL'),
    graceMilliseconds,
  );
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function spawnFailure(error: NodeJS.ErrnoException): unknown {
  return error.code === 'ENOENT' ? gitErrors.missing() : error;
}
