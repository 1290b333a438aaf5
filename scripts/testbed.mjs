/**
 * Prints the path of the CNCF distribution registry that the tests start: `registry` from PATH (Nix shell) if it is that
 * one, else tools/testbed built once by Go into .cache/testbed/<hash of its sources>/.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const source = path.join(root, 'tools/testbed');
const deadline = Date.now() + 15 * 60_000;

function isDistribution(command) {
  const { stdout = '' } = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return /distribution\/distribution/.test(stdout ?? '');
}

function findGo() {
  const found = ['go', '/usr/local/go/bin/go'].find(
    command => spawnSync(command, ['version']).status === 0,
  );
  if (found) return found;
  throw new Error(
    'The tests need the CNCF distribution registry: put `registry` on PATH, or install Go 1.26 or newer (https://go.dev/doc/install) and it is built from tools/testbed.',
  );
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
    return run();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function build(binary) {
  if (fs.existsSync(binary)) return;
  process.stderr.write(
    'Building the test registry from tools/testbed (once, 40 s to 2 min) …\n',
  );
  const temporary = `${binary}.${process.pid}`;
  const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', temporary, '.'];
  execFileSync(findGo(), args, {
    cwd: source,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  fs.renameSync(temporary, binary);
}

async function main() {
  if (isDistribution('registry')) return 'registry';
  const hash = createHash('sha256');
  for (const name of ['go.sum', 'main.go']) {
    hash.update(fs.readFileSync(path.join(source, name)));
  }
  const key = hash.digest('hex').slice(0, 16);
  const folder = path.join(root, '.cache/testbed', key);
  const binary = path.join(folder, 'registry');
  if (!fs.existsSync(binary)) {
    fs.mkdirSync(folder, { recursive: true });
    await withLock(`${binary}.lock`, () => build(binary));
  }
  return binary;
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
