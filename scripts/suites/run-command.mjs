import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../source-hash.mjs';

/** No part of the tests may hang a build machine. */
const LONGEST_PART_MS = 30 * 60_000;

/** Runs a program in the repository with its output shown; resolves with whether it ended well. */
export async function runCommand(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: LONGEST_PART_MS,
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}
