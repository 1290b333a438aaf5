import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { run } from '../run';

/** How a command ended, and what it wrote. */
export interface RunOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test gives to a command. */
export interface RunInput {
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Called with what is written to stderr, as it is written. */
  readonly onStderr?: (text: string) => void;
}

/** Runs a command in this process, with nothing of the process's own. */
export async function runDojo(
  args: readonly string[],
  input: RunInput = {},
): Promise<RunOutput> {
  const temporaryRoot = mkdtempSync(join(tmpdir(), 'dojo-cli-'));
  const stdout = collector();
  const stderr = collector(input.onStderr);
  async function* stdin() {
    yield Buffer.from((input.stdin ?? '') as string);
  }
  try {
    const code = await run(args, {
      env: { HOME: temporaryRoot, ...input.env },
      cwd: input.cwd ?? temporaryRoot,
      stdin: stdin(),
      stdout: stdout.stream,
      stderr: stderr.stream,
      isTerminal: false,
      signal: input.signal ?? new AbortController().signal,
      endsProcess: false,
      temporaryRoot,
    });
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    rmSync(temporaryRoot, { recursive: true, force: true });
  }
}

function collector(onText: (text: string) => void = () => undefined) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk));
      onText(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}
