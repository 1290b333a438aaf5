import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { constants } from 'node:os';
import type { ProcessGuard } from './process-guard';
import type { RunLog } from './run-log';

/** What to start. */
export interface ProcessToRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** A process that has started, the leader of a group of its own. */
export interface RunningProcess {
  readonly pid: number;
  /** Its exit code, as a container runtime counts: 128 and the signal's number where one ended it. */
  readonly ended: Promise<number>;
  /** Asks it to end (SIGTERM to the leader, as a runtime does), and ends the group after so many milliseconds. */
  stop(grace: number): Promise<void>;
  /** Ends the whole group at once. */
  kill(): void;
}

/** Milliseconds in which the pipes of a process that has ended are read to their end. */
const drainTime = 1_000;

/**
 * Starts a process whose output goes to `log`. When the leader ends, so does the rest of its group: a container lives as long
 * as its first process.
 * @throws Error with the code of `spawn`, such as ENOENT.
 */
export async function runProcess(
  { command, args, env, cwd }: ProcessToRun,
  log: RunLog,
  guard: ProcessGuard,
): Promise<RunningProcess> {
  const child = spawn(command, args, {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  const { pid } = child;
  guard.add(pid);
  child.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.write(chunk));
  const kill = () => killGroup(pid);
  const ended = untilEnded(child, () => {
    kill();
    guard.remove(pid);
  }).finally(() => log.end());
  const stop = async (grace: number) => {
    if (child.exitCode === null && child.signalCode === null)
      child.kill('SIGTERM');
    const timer = setTimeout(kill, grace);
    await ended;
    clearTimeout(timer);
  };
  return { pid, ended, stop, kill };
}

async function untilEnded(
  child: ChildProcess,
  onExit: () => void,
): Promise<number> {
  const closed = once(child, 'close');
  const [code, signal] = (await once(child, 'exit')) as [
    number | null,
    NodeJS.Signals | null,
  ];
  onExit();
  // A child that left the group may hold the pipes for ever.
  await Promise.race([closed, wait(drainTime, undefined, { ref: false })]);
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
