import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { endGroup, runProcess, spawnInGroup } from '../../local/run-process';
import { gitErrors } from '../git-errors';
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
  readonly maxOutput?: number;
  /** Milliseconds until the process group is killed; default 10 minutes. */
  readonly deadline?: number;
  readonly signal: AbortSignal;
}

/** How a git process ended by itself. A code other than 0 is the caller's to judge. */
export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  /** The last characters of its standard error. */
  readonly stderr: string;
}

const defaultDeadline = 10 * 60_000;
const defaultMaxOutput = 64 * 1024 * 1024;
/** Milliseconds: git removes its lock files on SIGTERM; one that does not end by itself is killed after this long. */
const grace = 2_000;

/**
 * Runs git by argument vector, in a process group of its own that ends with it.
 *
 * @throws DojoError GIT_MISSING, GIT_DEADLINE, GIT_OUTPUT_TOO_LARGE; the signal's reason where it was aborted.
 */
export async function runGit(command: GitCommand): Promise<GitOutput> {
  const {
    display,
    signal,
    maxOutput = defaultMaxOutput,
    deadline = defaultDeadline,
  } = command;
  const verb = command.args[0];
  const end = await runProcess({
    ...toProcess(command),
    maxOutput,
    deadline,
    grace,
    signal,
  });
  switch (end.kind) {
    case 'not-started':
      throw end.error.code === 'ENOENT' ? gitErrors.missing() : end.error;
    case 'too-slow':
      throw gitErrors.deadline(display, verb, Math.round(deadline / 1_000));
    case 'too-much-output':
      throw gitErrors.outputTooLarge(display, verb, maxOutput);
    default:
      return end;
  }
}

/** Starts git with the environment of {@link gitEnvironment}, in a process group of its own. */
export function spawnGit(
  command: Parameters<typeof toProcess>[0],
): ChildProcess {
  return spawnInGroup(toProcess(command));
}

/** Ends a process of {@link spawnGit}, and all that it started. */
export function endGit(child: ChildProcess): void {
  endGroup(child, grace);
}

function toProcess(
  command: Pick<
    GitCommand,
    'args' | 'directory' | 'gitDir' | 'protocols' | 'config'
  >,
) {
  const { args, directory, gitDir } = command;
  return {
    command: 'git',
    args,
    directory,
    env: {
      ...gitEnvironment(process.env, command),
      ...(gitDir === undefined
        ? { GIT_CEILING_DIRECTORIES: dirname(directory) }
        : { GIT_DIR: gitDir }),
    },
  };
}
