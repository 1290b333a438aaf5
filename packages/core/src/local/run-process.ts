import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** One process of another program on this machine. */
export interface ProcessToRun {
  readonly command: string;
  /** The argument vector; no shell reads it. */
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Working directory; default: this process's own. */
  readonly directory?: string;
  /** Bytes of standard output that are kept; a process that writes more is stopped. Default 0: output is not read. */
  readonly maxOutput?: number;
  /** Milliseconds until the process is stopped; default: as long as it takes. */
  readonly deadline?: number;
  /** Milliseconds between SIGTERM and SIGKILL for a process that is stopped; default 0: killed at once. */
  readonly grace?: number;
  readonly signal: AbortSignal;
}

/** How a process ended. */
export type ProcessEnd =
  | {
      /** It ended by itself, or was killed by somebody else (code 255). What its code means is the caller's to judge. */
      readonly kind: 'exited';
      readonly code: number;
      readonly stdout: Buffer;
      /** The last {@link maxStderr} characters of its standard error. */
      readonly stderr: string;
    }
  /** It never ran: there is no such program, or the machine has no room for a process. */
  | { readonly kind: 'not-started'; readonly error: NodeJS.ErrnoException }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'too-much-output' };

/** Characters of standard error that are kept, the last ones. */
export const maxStderr = 64 * 1024;

/** Milliseconds after the end of a process in which its pipes may still deliver. */
const drainMilliseconds = 2_000;

/**
 * Runs a process in a process group of its own, and ends the whole group with it. It settles once the process has ended,
 * whatever it started and left behind.
 *
 * @throws the signal's reason where it was aborted; the group is killed first.
 */
export async function runProcess(run: ProcessToRun): Promise<ProcessEnd> {
  run.signal.throwIfAborted();
  const child = spawnInGroup(run, [
    'ignore',
    run.maxOutput === undefined ? 'ignore' : 'pipe',
    'pipe',
  ]);
  const { grace = 0, maxOutput = 0 } = run;
  const out: Buffer[] = [];
  let size = 0;
  let stderr = '';
  let stopped: ProcessEnd | undefined;
  const stop = (why?: ProcessEnd) => {
    stopped ??= why;
    endGroup(child, grace);
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxOutput) stop({ kind: 'too-much-output' });
    else out.push(chunk);
  });
  // Absent where it could not be started for want of file descriptors.
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-maxStderr);
  });
  const onAbort = () => stop();
  run.signal.addEventListener('abort', onAbort, { once: true });
  const timer =
    run.deadline === undefined
      ? undefined
      : setTimeout(() => stop({ kind: 'too-slow' }), run.deadline);
  try {
    const ended = await endOf(child);
    run.signal.throwIfAborted();
    if (stopped !== undefined) return stopped;
    if (ended.error) return { kind: 'not-started', error: ended.error };
    const stdout = Buffer.concat(out);
    return { kind: 'exited', code: ended.code, stdout, stderr };
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', onAbort);
  }
}

/** Starts a process in a process group of its own, to be ended with {@link endGroup}. */
export function spawnInGroup(
  run: Pick<ProcessToRun, 'command' | 'args' | 'env' | 'directory'>,
  stdio: ('ignore' | 'pipe')[] = ['pipe', 'pipe', 'pipe'],
): ChildProcess {
  return spawn(run.command, [...run.args], {
    ...(run.directory !== undefined && { cwd: run.directory }),
    env: run.env,
    detached: true,
    stdio,
  });
}

/**
 * Ends a process of {@link spawnInGroup} and all that it started.
 *
 * @param grace milliseconds between SIGTERM and SIGKILL; 0: SIGKILL at once.
 */
export function endGroup(child: ChildProcess, grace: number): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  if (grace === 0) {
    signalGroup(pid, 'SIGKILL');
    return;
  }
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), grace);
  child.once('exit', () => clearTimeout(timer));
}

interface Ended {
  readonly code: number;
  readonly error?: NodeJS.ErrnoException;
}

/** A process that others inherited the pipes of is not waited for longer than they may still hold its own words. */
function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise(resolve => {
    let timer: NodeJS.Timeout | undefined;
    child.once('error', error => resolve({ code: 255, error }));
    child.once('exit', code => {
      const ended = { code: code ?? 255 };
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve(ended);
      }, drainMilliseconds);
    });
    child.once('close', code => {
      clearTimeout(timer);
      resolve({ code: code ?? 255 });
    });
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody of the group is left, or only those who run as somebody else by now.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
