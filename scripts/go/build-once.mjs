/** A program of tools/, built once by Go and kept in .cache, whoever asks for it first and however many ask at once. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../source-hash.mjs';

const WITHIN_MS = 15 * 60_000;

/** Where `program` of `tools/<tool>` is kept: `.cache/<tool>/<hash of its sources>/<program>`. */
export function keptBinary(tool, program) {
  const source = path.join(ROOT, 'tools', tool);
  const hash = createHash('sha256');
  const code = fs.readdirSync(source).filter(name => name.endsWith('.go'));
  for (const name of ['go.sum', ...code.sort()]) {
    hash.update(fs.readFileSync(path.join(source, name)));
  }
  const key = hash.digest('hex').slice(0, 16);
  return path.join(ROOT, '.cache', tool, key, program);
}

/**
 * Builds `program` of `tools/<tool>` to where it is kept, unless it is there already.
 *
 * @param options `ldflags` beside those that make it small; build `tags`; `says` is told before it is built; `missing` is
 * the error where there is no Go.
 * @returns its absolute path.
 */
export async function buildOnce(
  tool,
  program,
  { ldflags = [], tags = [], says, missing },
) {
  const source = path.join(ROOT, 'tools', tool);
  const binary = keptBinary(tool, program);
  if (fs.existsSync(binary)) return binary;
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  await withLock(`${binary}.lock`, () => {
    if (fs.existsSync(binary)) return;
    process.stderr.write(`${says}\n`);
    const temporary = `${binary}.${process.pid}`;
    const flags = ['-s', '-w', ...ldflags].join(' ');
    const args = [
      ...['build', '-trimpath', `-ldflags=${flags}`],
      ...[`-tags=${tags.join(',')}`, '-o', temporary],
    ];
    const start = performance.now();
    execFileSync(findGo(missing), [...args, '.'], {
      cwd: source,
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    fs.renameSync(temporary, binary);
    const seconds = (performance.now() - start) / 1000;
    process.stderr.write(`  built in ${seconds.toFixed(0)} s\n`);
  });
  return binary;
}

/** Go's command, also where its installer's hint about PATH was not heeded. */
export function findGo(missing, commands = ['go', '/usr/local/go/bin/go']) {
  const found = commands.find(
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
