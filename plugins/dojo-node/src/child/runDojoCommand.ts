import { ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  childNoticeSchema,
  ChildRequest,
  DojoError,
  dojoErrorSchema,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import { childErrors } from './childErrors';
import { descendantsOf } from './processTree';
import { watchMemory } from './watchMemory';

/** One run of the `dojo` command in a process of its own. */
export interface DojoCommandRun<TResult extends z.ZodTypeAny> {
  /** The command's JavaScript file. */
  readonly command: string;
  /** What it is asked to do. */
  readonly request: ChildRequest;
  /** What it answers to a request of this kind. */
  readonly result: TResult;
  /** Working directory, and where its temporary files go. */
  readonly folder: string;
  /** Stops it: SIGTERM, upon which it changes nothing more, then SIGKILL. */
  readonly signal: AbortSignal;
  /** Called with each line of its standard error. */
  readonly log: (line: string) => void;
  /** Called with each outcome as it tells it; default: the result alone has them. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** In words, for errors: `a plan of component:default/ledger`. */
  readonly what: string;
  /** How to find out what it left, where it ends without an answer: the hint of the error. */
  readonly whenLost: string;
  /** Bytes of memory that it and what it starts may hold; only Linux tells. Default: as much as there is. */
  readonly maxMemoryBytes?: number;
  /** Milliseconds between the two signals; default 10 s. */
  readonly grace?: number;
}

const defaultGrace = 10_000;
const maxAnswerBytes = 32 * 1024 * 1024;
/** Of standard error: far more than any run logs. */
const maxLogBytes = 16 * 1024 * 1024;
const maxSaidLength = 400;

/**
 * Runs the command (`dojo run-request`) and reads its answer. It sees nothing of this process but the request, PATH and
 * HOME, and ends with it.
 *
 * @throws DojoError the command's own; COMMAND_FAILED where it gave no answer, COMMAND_MEMORY_EXCEEDED and
 * COMMAND_ANSWER_TOO_LARGE where it was stopped for its size; the signal's reason where it was stopped for that.
 */
export async function runDojoCommand<TResult extends z.ZodTypeAny>(
  run: DojoCommandRun<TResult>,
): Promise<z.output<TResult>> {
  run.signal.throwIfAborted();
  const child = start(run);
  const { what, whenLost, maxMemoryBytes = Infinity } = run;
  let tooLarge: DojoError | undefined;
  const kill = (why: DojoError) => {
    tooLarge ??= why;
    killAll(child);
  };
  const stop = () => end(child, run.grace ?? defaultGrace);
  run.signal.addEventListener('abort', stop, { once: true });
  const endWatch = watchMemory(child.pid, {
    maxBytes: maxMemoryBytes,
    onExceeded: () =>
      kill(childErrors.memoryExceeded(what, maxMemoryBytes, whenLost)),
  });
  try {
    const { how, stdout, said } = await ended(child, run, () =>
      kill(childErrors.answerTooLarge(what, maxAnswerBytes, whenLost)),
    );
    if (tooLarge !== undefined) throw tooLarge;
    const answer = parseAnswer(stdout, run.result);
    // What was done before the signal came is told all the same.
    if (answer?.kind === 'result') return answer.result;
    run.signal.throwIfAborted();
    throw answer === undefined
      ? childErrors.commandFailed(how, said, whenLost)
      : answer.error;
  } finally {
    endWatch();
    run.signal.removeEventListener('abort', stop);
  }
}

function start({
  command,
  request,
  folder,
}: DojoCommandRun<z.ZodTypeAny>): ChildProcess {
  const child = spawn(
    process.execPath,
    [command, 'run-request', request.kind],
    {
      cwd: folder,
      env: {
        ...(process.env.PATH !== undefined && { PATH: process.env.PATH }),
        ...(process.env.HOME !== undefined && { HOME: process.env.HOME }),
        TMPDIR: folder,
      },
      // A group of its own, to kill what it started too; the channel is what it ends with when this process dies.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    },
  );
  // Whoever ends without reading says so by ending without an answer.
  child.stdin!.on('error', () => {});
  child.stdin!.end(JSON.stringify(request));
  return child;
}

interface EndedCommand {
  /** `with code 1`, `by SIGKILL` */
  readonly how: string;
  readonly stdout: string;
  /** The last line of its standard error. */
  readonly said: string;
}

async function ended(
  child: ChildProcess,
  {
    log,
    onOutcome = () => {},
  }: Pick<DojoCommandRun<z.ZodTypeAny>, 'log' | 'onOutcome'>,
  onTooLarge: () => void,
): Promise<EndedCommand> {
  const out: Buffer[] = [];
  let size = 0;
  let said = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxAnswerBytes) out.push(chunk);
    else onTooLarge();
  });
  let logged = 0;
  child.stderr!.on('data', (chunk: Buffer) => {
    logged += chunk.length;
    if (logged > maxLogBytes) onTooLarge();
  });
  const lines = createInterface({ input: child.stderr! });
  lines.on('line', line => {
    if (line.trim() === '') return;
    said = line.slice(0, maxSaidLength);
    log(line);
  });
  child.on('message', message => {
    const notice = childNoticeSchema.safeParse(message);
    if (notice.success) onOutcome(notice.data.outcome);
  });
  // The last outcomes may still be in the channel when the process is gone.
  const disconnected = new Promise(resolve => {
    child.once('disconnect', resolve);
  });
  const how = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve(signal === null ? `with code ${code}` : `by ${signal}`),
    );
  });
  await disconnected;
  return { how, stdout: Buffer.concat(out).toString('utf8'), said };
}

type Answer<TResult extends z.ZodTypeAny> =
  | { readonly kind: 'result'; readonly result: z.output<TResult> }
  | { readonly kind: 'error'; readonly error: DojoError };

const failureSchema = z.object({ error: dojoErrorSchema });

function parseAnswer<TResult extends z.ZodTypeAny>(
  stdout: string,
  schema: TResult,
): Answer<TResult> | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  const failure = failureSchema.safeParse(answer);
  if (failure.success) {
    return { kind: 'error', error: new DojoError(failure.data.error) };
  }
  const parsed = schema.safeParse(answer);
  return parsed.success ? { kind: 'result', result: parsed.data } : undefined;
}

function end(child: ChildProcess, grace: number): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => killAll(child), grace);
  child.once('close', () => clearTimeout(timer));
}

/** The command, its group, and what it started in groups of their own, such as git. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const each of [-pid, ...descendantsOf(pid)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
