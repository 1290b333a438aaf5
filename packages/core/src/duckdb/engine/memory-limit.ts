import { totalmem } from 'node:os';

const mebibyte = 1024 * 1024;
/** What Node, its code and the engine's own take beside what DuckDB counts. */
const besideDuckdb = 192 * mebibyte;
/** DuckDB's own default, which counts on the machine alone. */
const share = 0.8;
/** With less it does not even sort by spilling. */
const least = 64 * mebibyte;

/**
 * Memory for DuckDB, as its settings spell it: of what the container or the machine has, with room for Node. DuckDB's
 * default leaves Node of a small container so little that the kernel kills both.
 *
 * @param available bytes; default: the limit of the container, else the memory of the machine.
 * @param most bytes that were asked for.
 */
export function memoryLimit(
  available = availableMemory(),
  most = Infinity,
): string {
  const fits = (available - besideDuckdb) * share;
  const limit = Math.max(least, Math.min(fits, most));
  return `${Math.floor(limit / mebibyte)}MiB`;
}

function availableMemory(): number {
  // 0, or more than there is: the container has no limit.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
