/** A program of tools/, built once by Go and kept in .cache, whoever asks for it first and however many ask at once. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../source-hash.mjs';

const WITHIN_MS = 15 * 60_000;

/**
 * Builds `tools/<tool>` into `.cache/<tool>/<hash of its sources>/<program>`, where it is not there already.
 *
 * @param options `ldflags` beside those that make it small; `says` is told before it is built; `missing` is the error
 * where there is no Go.
 * @returns its absolute path.
 */
export async function buildOnce(
  tool,
  program,
  { ldflags = [], says, missing },
) {
  const source = path.join(ROOT, 'tools', tool);
  const hash = createHash('sha256');
  for (const name of ['go.sum', 'main.go']) {
    hash.update(fs.readFileSync(path.join(source, name)));
  }
  const key = hash.digest('hex').slice(0, 16);
  const folder = path.join(ROOT, '.cache', tool, key);
  const binary = path.join(folder, program);
  if (fs.existsSync(binary)) return binary;
  fs.mkdirSync(folder, { recursive: true });
  await withLock(`${binary}.lock`, () => {
    if (fs.existsSync(binary)) return;
    process.stderr.write(`${says}\n`);
    const temporary = `${binary}.${process.pid}`;
    const flags = ['-s', '-w', ...ldflags].join(' ');
    const args = ['build', '-trimpath', `-ldflags=${flags}`, '-o', temporary];
    execFileSync(findGo(missing), [...args, '.'], {
      cwd: source,
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    fs.renameSync(temporary, binary);
  });
  return binary;
}

function findGo(missing) {
  const found = ['go', '/usr/local/go/bin/go'].find(
    command => spawnSync(command, ['version']).status === 0,
  );
  if (found) return found;
  throw new Error(missing);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One builder at a time; the lock of a dead one is taken over. */
async function withLock(lock, run) {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const held = fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : '';
    if (held !== '' && !isAlive(Number(held))) {
      fs.rmSync(lock, { force: true });
    } else if (Date.now() > deadline) {
      throw new Error(`Another run (process ${held}) holds ${lock}.`);
    } else {
      await wait(250);
    }
  }
  try {
    run();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}
