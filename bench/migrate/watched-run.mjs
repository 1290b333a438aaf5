/** A run whose folder is watched, so that it can be killed at any of its changes. */
import { spawn } from 'node:child_process';
import { statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/**
 * Runs a command to its end, or kills it with all its children (SIGKILL) at `point`: at the `change`-th change that
 * inotify tells of in `folder` or in folders made there, or `after` so many milliseconds. `changes` are their kinds in
 * order: `rename` for a name that came, went or moved, `change` for a write.
 */
export async function watchedRun([command, ...args], folder, point = {}) {
  const changes = [];
  let child;
  const kill = () => {
    // Its number may be another process's once it ended.
    if (child?.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  const watchers = new Map();
  const watchFolder = path => {
    const watcher = watch(path, (kind, name) => {
      changes.push(kind);
      if (changes.length === point.change) kill();
      const inner = join(path, name ?? '');
      if (kind === 'rename' && !watchers.has(inner)) watchInner(inner);
    });
    watchers.set(path, watcher);
  };
  const watchInner = path => {
    try {
      if (statSync(path).isDirectory()) watchFolder(path);
    } catch (error) {
      // Gone again by now.
      if (error.code !== 'ENOENT') throw error;
    }
  };
  watchFolder(folder);
  const started = performance.now();
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      child = spawn(command, args, { detached: true, stdio: 'ignore' });
      if (point.after !== undefined) timer = setTimeout(kill, point.after);
      child.on('error', reject);
      child.on('exit', (code, signal) =>
        resolve({ code, signal, changes, ms: performance.now() - started }),
      );
    });
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  }
}
