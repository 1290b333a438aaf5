/** Where the benchmarks find the command and keep what they make. Both are absolute. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Kept between runs, ignored by git: histories, and the peers in `peers/<name>`. */
export const CACHE = join(ROOT, '.cache', 'bench');

/** The command as `yarn dojo` starts it, without yarn. */
export const DOJO = join(ROOT, 'scripts', 'dojo.cjs');
