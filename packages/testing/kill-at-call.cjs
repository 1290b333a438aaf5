/**
 * Loaded into a command with --require: ends it with SIGKILL at one of its file system calls below a folder, before or
 * after it (src/duckdb/kill-at-call.ts).
 */
const fs = require('node:fs');

const { appendFileSync } = fs;
const {
  folder,
  log,
  name: chosen,
  nth,
  when,
} = JSON.parse(process.env.DOJO_TEST_KILL_AT);
const counts = new Map();

const die = () => process.kill(process.pid, 'SIGKILL');

function watched(name, call) {
  return function watchedCall(...args) {
    const isOurs = args.some(
      arg =>
        typeof arg === 'string' &&
        (arg === folder || arg.startsWith(`${folder}/`)),
    );
    if (!isOurs) return call.apply(this, args);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const isChosen = name === chosen && count === nth;
    appendFileSync(log, `${name}\n`);
    if (isChosen && when === 'before') die();
    const result = call.apply(this, args);
    if (!isChosen) return result;
    if (typeof result?.then !== 'function') die();
    return result.finally(die);
  };
}

for (const [owner, names] of [
  [fs.promises, Object.keys(fs.promises)],
  [fs, Object.keys(fs).filter(name => name.endsWith('Sync'))],
]) {
  for (const name of names) {
    if (typeof owner[name] === 'function') {
      owner[name] = watched(name, owner[name]);
    }
  }
}
