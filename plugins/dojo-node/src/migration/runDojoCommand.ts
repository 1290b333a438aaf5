import { ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  DojoError,
  dojoErrorSchema,
  MigrationResult,
  migrationResultSchema,
} from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import { commandFailed } from './databaseErrors';

/** One run of the `dojo` command in a process of its own. */
export interface DojoCommandRun {
  /** The command's JavaScript file. */
  readonly command: string;
  /** With `--json`. */
  readonly args: readonly string[];
  /** Working directory, and where its temporary files go. */
  readonly folder: string;
  /** Stops it: SIGTERM, upon which it changes nothing more, then SIGKILL. */
  readonly signal: AbortSignal;
  /** Called with each line of its standard error. */
  readonly log: (line: string) => void;
  /** Milliseconds between the two signals; default 10 s. */
  readonly grace?: number;
}

const defaultGrace = 10_000;
const mostAnswer = 64 * 1024 * 1024;
const mostSaid = 400;

const answerSchema = z.union([
  z.object({ error: dojoErrorSchema }),
  migrationResultSchema,
]);

/**
 * Runs the command and reads its answer. It sees nothing of this process but PATH and HOME, and ends with it.
 *
 * @throws DojoError the command's own, or COMMAND_FAILED where it gave no answer; the signal's reason where it was
 * stopped before it was done.
 */
export async function runDojoCommand(
  run: DojoCommandRun,
): Promise<MigrationResult> {
  run.signal.throwIfAborted();
  const child = start(run);
  const stop = () => end(child, run.grace ?? defaultGrace);
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    const { how, stdout, said } = await ended(child, run.log);
    const answer = parseAnswer(stdout);
    // What was done before the signal came is told all the same.
    if (answer !== undefined && !('error' in answer)) return answer;
    run.signal.throwIfAborted();
    throw answer === undefined
      ? commandFailed(how, said)
      : new DojoError(answer.error);
  } finally {
    run.signal.removeEventListener('abort', stop);
  }
}

function start({ command, args, folder }: DojoCommandRun): ChildProcess {
  return spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: {
      ...(process.env.PATH !== undefined && { PATH: process.env.PATH }),
      ...(process.env.HOME !== undefined && { HOME: process.env.HOME }),
      TMPDIR: folder,
    },
    // A group of its own, to kill what it started too; the channel is what it ends with when this process dies.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

interface EndedCommand {
  /** `with code 1`, `by SIGKILL` */
  readonly how: string;
  readonly stdout: string;
  /** The last line of its standard error. */
  readonly said: string;
}

function ended(
  child: ChildProcess,
  log: (line: string) => void,
): Promise<EndedCommand> {
  const out: Buffer[] = [];
  let size = 0;
  let said = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mostAnswer) out.push(chunk);
  });
  const lines = createInterface({ input: child.stderr! });
  lines.on('line', line => {
    if (line.trim() === '') return;
    said = line.slice(0, mostSaid);
    log(line);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({
        how: signal === null ? `with code ${code}` : `by ${signal}`,
        stdout: Buffer.concat(out).toString('utf8'),
        said,
      }),
    );
  });
}

function parseAnswer(
  stdout: string,
): z.output<typeof answerSchema> | undefined {
  try {
    return answerSchema.parse(JSON.parse(stdout));
  } catch {
    return undefined;
  }
}

function end(child: ChildProcess, grace: number): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), grace);
  child.once('close', () => clearTimeout(timer));
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
