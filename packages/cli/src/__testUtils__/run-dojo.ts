import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { ChildNotice } from 'backstage-plugin-dojo-common';
import { run } from '../run';

/** How a command ended, and what it wrote. */
export interface RunOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test gives to a command. */
export interface RunInput {
  readonly stdin?: string | Buffer | AsyncIterable<Buffer>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** The parent, to which outcomes are told; default: there is none. */
  readonly notify?: (notice: ChildNotice) => void;
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
  const { stdin = '' } = input;
  async function* onlyChunk() {
    yield Buffer.from(stdin as string);
  }
  try {
    const code = await run(args, {
      env: { HOME: temporaryRoot, ...input.env },
      cwd: input.cwd ?? temporaryRoot,
      stdin:
        typeof stdin === 'object' && Symbol.asyncIterator in stdin
          ? stdin
          : onlyChunk(),
      stdout: stdout.stream,
      stderr: stderr.stream,
      ...(input.notify && { notify: input.notify }),
      isTerminal: false,
      signal: input.signal ?? new AbortController().signal,
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
