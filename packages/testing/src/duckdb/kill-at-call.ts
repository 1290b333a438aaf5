import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '../../kill-at-call.cjs');

/**
 * A file system call that names something below the folder, counted from 0 over those of its own name: how often a
 * command looks (`lstat`) depends on how fast the machine is, and must not move the calls that change something.
 */
export interface NthCall {
  readonly name: string;
  readonly nth: number;
}

/** Where a command is killed. */
export interface CallToKillAt {
  readonly folder: string;
  readonly log: string;
  /** Absent: nowhere, its calls are only written to the log. */
  readonly call?: NthCall & { readonly when: 'before' | 'after' };
}

/** The environment in which a command ends itself with SIGKILL at that call. */
export function killAtCall({
  folder,
  log,
  call,
}: CallToKillAt): Readonly<Record<string, string>> {
  mkdirSync(dirname(log), { recursive: true });
  rmSync(log, { force: true });
  return {
    NODE_OPTIONS: `--require ${JSON.stringify(script)}`,
    DOJO_TEST_KILL_AT: JSON.stringify({ folder, log, ...call }),
  };
}

/** The calls that a command made, in their order. */
export function readCalls(log: string): NthCall[] {
  if (!existsSync(log)) return [];
  const counts = new Map<string, number>();
  return readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map(name => {
      const nth = counts.get(name) ?? 0;
      counts.set(name, nth + 1);
      return { name, nth };
    });
}
