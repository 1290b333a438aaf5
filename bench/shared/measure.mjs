/** What every benchmark measures with: a process timed from start to end, and the middle of some numbers. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

/** Runs a command to its end. Throws with the end of its output when it fails: no figure is of a failed run. */
export function runTimed(command, args, { cwd, env, input } = {}) {
  const started = performance.now();
  const result = spawnSync(command, args, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  const ms = performance.now() - started;
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${
        result.status ?? result.signal
      }: ${(result.stderr || result.stdout).slice(-2000)}`,
    );
  }
  return { ms, stdout: result.stdout };
}

/** As {@link runTimed}, where this process has something to do meanwhile. @returns milliseconds. */
export async function runBeside(command, args, { cwd, env } = {}) {
  const started = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => (said = `${said}${chunk}`.slice(-2000)));
  const [status, signal] = await once(child, 'close');
  if (status !== 0) {
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${status ?? signal}: ${said}`,
    );
  }
  return performance.now() - started;
}

export const median = numbers =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
