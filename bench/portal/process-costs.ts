import { readFileSync } from 'node:fs';

/** Of Linux on the machines that Node runs on. */
const ticksPerSecond = 100;

/** Seconds of CPU of this process and of all children that have ended; on Linux alone, NaN elsewhere. */
export function cpuSeconds(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The name of the program is in brackets and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, cutime, cstime of proc(5).
    const ticks = fields
      .slice(11, 15)
      .reduce((sum, field) => sum + Number(field), 0);
    return ticks / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

/** Megabytes of heap and buffers after a collection (`--expose-gc`). */
export function heldMegabytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

/** Milliseconds, seconds or megabytes with one digit after the point. */
export function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}
