/** What no runner can be faster than, because it must do as much. */
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { performance } from 'node:perf_hooks';
import { runTimed } from '../shared/measure.mjs';

/** A transaction's least: so many appends of a line, each made durable. Milliseconds. */
export function syncFloor(file, times) {
  const started = performance.now();
  const descriptor = openSync(file, 'a');
  for (let i = 0; i < times; i += 1) {
    writeSync(descriptor, 'a transaction of a write-ahead log\n');
    fdatasyncSync(descriptor);
  }
  closeSync(descriptor);
  const ms = performance.now() - started;
  rmSync(file);
  return ms;
}

/** A backup's least: `cp`, made durable. Milliseconds. */
export function copyFloor(from, to) {
  const started = performance.now();
  runTimed('cp', [from, to]);
  const descriptor = openSync(to, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  return performance.now() - started;
}
