import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const cache = resolve(__dirname, '../../../../.cache/python');

/**
 * A virtual environment with what a file of requirements pins, from the package index that pip is set up with, and a copy
 * of the file in it. Kept in .cache/python by the hash of the pins.
 *
 * @returns its folder.
 * @throws Error with pip's own words; where there is no Python 3.11 or newer with venv, one that says so.
 */
export function installRequirements(file: string): string {
  const pins = createHash('sha256').update(readFileSync(file)).digest('hex');
  const target = join(cache, pins.slice(0, 16));
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, '.unfinished-'));
  run('python3', ['-m', 'venv', '--symlinks', unfinished]);
  run(join(unfinished, 'bin/python'), [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
    ...['--only-binary', ':all:', '--requirement', file],
  ]);
  copyFileSync(file, join(unfinished, basename(file)));
  putInPlace(unfinished, target);
  return target;
}

/** Suites that run at once install it at once, and one of them is first. */
function putInPlace(unfinished: string, target: string): void {
  try {
    renameSync(unfinished, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(
      `the tests of the service need Python 3.11 or newer with pip and venv: ${command} ${args.join(
        ' ',
      )}: ${error?.message ?? stderr}`,
    );
  }
}
