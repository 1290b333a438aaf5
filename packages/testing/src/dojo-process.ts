import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '../../../scripts/dojo.cjs');

/** How a run of the command ended. */
export interface DojoExit {
  /** Absent where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the command in a process of its own. */
export interface DojoProcess {
  readonly pid: number;
  readonly ended: Promise<DojoExit>;
}

/** Makes the bundle, so that no run pays for it. */
export function bundleDojo(): void {
  execFileSync(process.execPath, [script, '--version']);
}

/** Options of {@link startDojo}. */
export interface StartDojoOptions {
  /** Gives it a process group of its own, which can be ended at once; default false. */
  readonly ownGroup?: boolean;
}

/** Starts `dojo` with a home and a folder for temporary files below `home`; `SOURCE_DATE_EPOCH` fixes its clock. */
export function startDojo(
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>> = {},
  { ownGroup = false }: StartDojoOptions = {},
): DojoProcess {
  const temporary = join(home, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const child = spawn(process.execPath, [script, ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      TMPDIR: temporary,
      SOURCE_DATE_EPOCH: '1795341600',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => (stdout += chunk));
  child.stderr.on('data', chunk => (stderr += chunk));
  const ended = once(child, 'close').then(
    ([code, signal]): DojoExit => ({ code, signal, stdout, stderr }),
  );
  return { pid: child.pid!, ended };
}
