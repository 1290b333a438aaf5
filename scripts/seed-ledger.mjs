import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ROOT } from './source-hash.mjs';

/** The newest two migrations are left for the user to run. */
const PENDING = 2;

/**
 * Makes the dev ledger of the example with two years of bookings, at level 0013; returns false where one is there
 * already. `run` runs `{ name, command, args, cwd, env }` to its end, and throws where that is a failure. The ledger is
 * made beside its place and renamed, so that a killed run leaves no half of it.
 */
export async function seedLedger(file, run) {
  if (existsSync(file)) return false;
  const draft = `${file}.draft`;
  const ledger = join(draft, basename(file));
  const migrations = join(draft, 'migrations');
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(file), { recursive: true });
  await copyMigrations(join(ROOT, 'migrations'), migrations);
  const node = (script, ...args) =>
    run({
      name: 'the making of the dev ledger',
      command: process.execPath,
      args: [join(ROOT, 'scripts', script), ...args],
      cwd: draft,
      // Under Yarn, the command's paths begin where Yarn was called.
      env: { ...process.env, INIT_CWD: draft },
    });
  const flags = ['--database', ledger, '--migrations', migrations];
  await node('dojo.cjs', 'migrate', ...flags);
  await node('fill-ledger.mjs', ledger);
  await node('dojo.cjs', 'rebuild-caches', ...flags);
  await rename(ledger, file);
  await rm(draft, { recursive: true });
  return true;
}

/** All migrations but the newest, and the rebuilds of the caches. */
async function copyMigrations(from, to) {
  const files = (await readdir(from)).filter(name =>
    /^\d+_.*\.sql$/.test(name),
  );
  const left = new Set(files.sort().slice(-PENDING));
  await cp(from, to, {
    recursive: true,
    filter: path => !left.has(basename(path)),
  });
}
