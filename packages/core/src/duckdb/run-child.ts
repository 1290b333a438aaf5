import { runProcess } from '../local/run-process';

/** How a helper of the adapter ended; one that could not be started has code 127. */
export interface ChildEnd {
  readonly code: number;
  readonly stderr: string;
}

const notStarted = 127;

/**
 * Runs a helper process to its end: what opens a database file besides DuckDB must not be this process.
 *
 * @throws the signal's reason where it was aborted.
 */
export async function runChild(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ChildEnd> {
  const env = { ...process.env, LC_ALL: 'C', NODE_OPTIONS: '' };
  const end = await runProcess({ command, args, env, signal });
  switch (end.kind) {
    case 'exited':
      return end;
    case 'not-started':
      return { code: notStarted, stderr: end.error.message };
    default:
      throw new Error(`${command} has no limits, and yet was ${end.kind}`);
  }
}
