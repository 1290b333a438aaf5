import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '../../kill-at-call.cjs');

/** A file system call of a command, counted from 0 over those that name something below `folder`. */
export interface CallToKillAt {
  readonly folder: string;
  /** -1: none, only counted. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** The environment in which a command ends itself with SIGKILL at that call. @param log - file that the calls go to. */
export function killAtCall(
  call: CallToKillAt,
  log: string,
): Readonly<Record<string, string>> {
  mkdirSync(dirname(log), { recursive: true });
  rmSync(log, { force: true });
  return {
    NODE_OPTIONS: `--require ${JSON.stringify(script)}`,
    DOJO_TEST_KILL_AT: JSON.stringify({ ...call, log }),
  };
}

/** Names of the calls that a command made: `rename`. */
export function readCalls(log: string): string[] {
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8').trimEnd().split('\n');
}
