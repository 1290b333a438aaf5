/**
 * Runs the programs of a test cluster for the process that started this one, and lets none of them outlive it: when
 * standard input ends, which it does however the owner dies, they are killed and the folder is removed.
 *
 * Usage: node cluster-guard.cjs <folder>; standard input has a line of JSON for each order,
 * `{ run: name, command, args }` or `{ kill: name }`; standard output one for each fact,
 * `{ started: name, pid }` or `{ exited: name, code, signal }`. What a program writes goes to `<folder>/<name>.log`.
 */
const { spawn } = require('node:child_process');
const { closeSync, openSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const folder = process.argv[2];
const children = new Map();
let isEnding = false;

const tell = fact => process.stdout.write(`${JSON.stringify(fact)}\n`);

function run({ run: name, command, args }) {
  const log = openSync(join(folder, `${name}.log`), 'a');
  // A path below the folder, such as a socket's, is short when it is relative.
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  children.set(name, child);
  let isTold = false;
  const exited = (code, signal) => {
    if (isTold) return;
    isTold = true;
    children.delete(name);
    tell({ exited: name, code, signal });
    if (isEnding) end();
  };
  child.once('error', () => exited(127, null));
  child.once('exit', exited);
  tell({ started: name, pid: child.pid });
}

function end() {
  isEnding = true;
  for (const child of children.values()) child.kill('SIGKILL');
  if (children.size > 0) return;
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit();
}

// The owner may be gone: nobody reads, and there is still a folder to remove.
process.stdout.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
createInterface({ input: process.stdin })
  .on('line', line => {
    const order = JSON.parse(line);
    if (order.run) run(order);
    else children.get(order.kill)?.kill('SIGKILL');
  })
  .on('close', end);
