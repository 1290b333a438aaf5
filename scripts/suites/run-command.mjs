import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../source-hash.mjs';

/** No part of the tests may hang a build machine. */
const LONGEST_PART_MS = 60 * 60_000;
/** What somebody left behind may hold the pipes of a program that ended. In ms. */
const LONGEST_DRAIN_MS = 2_000;

/** Takes what is written below it; without one it is shown as it comes. */
const outputs = new AsyncLocalStorage();

/** Runs `run`; what its programs, and it by {@link say}, write goes to `write`. */
export function withOutput(write, run) {
  return outputs.run(write, run);
}

/** Writes text where the output of the suite goes that runs. */
export function say(text) {
  const write = outputs.getStore() ?? (chunk => process.stderr.write(chunk));
  write(text);
}

/** Runs a program in the repository with its output shown; resolves with whether it ended well. */
export async function runCommand(command, args, env = {}) {
  const write = outputs.getStore();
  const out = write ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', out, out],
    timeout: LONGEST_PART_MS,
  });
  child.stdout?.on('data', write);
  child.stderr?.on('data', write);
  const closed = once(child, 'close');
  const [code] = await once(child, 'exit');
  await Promise.race([
    closed,
    delay(LONGEST_DRAIN_MS, undefined, { ref: false }),
  ]);
  return code === 0;
}
