import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { findNix } from './find-nix.mjs';

/** A line of Nix that says nothing about the flake. */
const isNoise = line => line === '' || line.startsWith('warning: the group');

/**
 * What a flake makes by evaluate.nix, with the stub of nixpkgs; nothing is built or fetched. Throws with Nix' own words
 * where it cannot be evaluated.
 *
 * @param file - path of a flake.nix
 */
export function evaluateFlake(file) {
  const { command, env } = findNix();
  const { status, stdout, stderr } = spawnSync(
    command,
    [
      ...['--eval', '--strict', '--json', '--readonly-mode'],
      join(ROOT, 'scripts/nix/evaluate.nix'),
      ...['--arg', 'flake', resolve(ROOT, file)],
    ],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
  if (status !== 0) {
    const said = stderr.split('\n').filter(line => !isNoise(line));
    throw new Error(`${file} does not evaluate: ${said.join(' ')}`);
  }
  return JSON.parse(stdout);
}
