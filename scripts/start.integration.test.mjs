import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './portal/free-port.mjs';
import { ROOT } from './source-hash.mjs';

const data = mkdtempSync(join(tmpdir(), 'portal-'));
const ledger = join(data, 'forge/ledger.git');
const images = join(data, 'forge/images/ledger/index.json');
const devLedger = join(data, 'data/dev/ledger.duckdb');
const started = new Set();
after(async () => {
  for (const run of started) if (!run.ended) process.kill(-run.pid, 'SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** `scripts/start.mjs` in a process group of its own. */
function start(...args) {
  return startWith({}, ...args);
}

function startWith(env, ...args) {
  const child = spawn(
    process.execPath,
    ['scripts/start.mjs', '--data', data, ...args],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const run = { pid: child.pid, out: '', err: '', ended: false };
  child.stdout.on('data', chunk => (run.out += chunk));
  child.stderr.on('data', chunk => (run.err += chunk));
  run.end = once(child, 'close').then(([code]) => {
    run.ended = true;
    return code;
  });
  run.ready = new Promise((resolve, reject) => {
    child.stdout.on('data', () => /^Backend .*\n/m.test(run.out) && resolve());
    run.end.then(code => reject(new Error(`exit ${code}: ${run.err}`)));
  });
  // Who only waits for the end does not ask whether it was ready.
  run.ready.catch(() => {});
  started.add(run);
  return run;
}

const urlOf = (run, name) =>
  run.out.match(new RegExp(`^${name} (http://\\S+)$`, 'm'))?.[1];

const childrenOf = pid =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child);

const isAlive = pid => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const inLedger = (...args) =>
  execFileSync('git', [`--git-dir=${ledger}`, ...args], { encoding: 'utf8' });

async function guestAs(name, backend) {
  const { hostname, port } = new URL(backend);
  const asked = request({
    hostname,
    port,
    path: '/api/auth/guest/refresh',
    headers: {
      host: `${name}:${port}`,
      'x-requested-with': 'XMLHttpRequest',
    },
  }).end();
  const [answer] = await once(asked, 'response');
  answer.resume();
  return answer.statusCode;
}

async function ledgerInCatalog(backend) {
  const session = await fetch(`${backend}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  }).then(answer => answer.json());
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(
      `${backend}/api/catalog/entities/by-name/component/default/ledger`,
      {
        headers: { authorization: `Bearer ${session.backstageIdentity.token}` },
      },
    );
    if (answer.ok || Date.now() > deadline) return answer.status;
    await delay(250);
  }
}

describe('scripts/start', { timeout: 600_000 }, () => {
  describe('when the port is taken', () => {
    it('takes the next, refuses a second portal on its data, and leaves no process after Ctrl-C', async () => {
      const port = await freePort(7207);
      const other = createServer().listen(port, '127.0.0.1');
      await once(other, 'listening');
      const run = start('--port', String(port));
      await run.ready;
      other.close();

      assert.notEqual(urlOf(run, 'Backend'), `http://localhost:${port}`);
      assert.equal((await fetch(urlOf(run, 'Portal'))).status, 200);
      assert.equal(await ledgerInCatalog(urlOf(run, 'Backend')), 200);
      // A site whose name leads here gets no session of the guest.
      assert.equal(await guestAs('evil.example', urlOf(run, 'Backend')), 421);

      const second = start();
      assert.equal(await second.end, 1);
      assert.match(second.err, /a portal runs on .* already/);

      inLedger('branch', 'kept', 'main');
      assert.equal(readFileSync(devLedger, 'latin1').slice(8, 12), 'DUCK');
      assert.match(readFileSync(images, 'utf8'), /"0\.3\.0"/);
      const children = childrenOf(run.pid);
      assert.ok(children.length > 0);
      process.kill(run.pid, 'SIGINT');
      assert.equal(await run.end, 130);
      assert.deepEqual(children.filter(isAlive), []);
    });
  });

  describe('when it is started again', () => {
    it('keeps its data, and ends with a sentence when the backend dies', async () => {
      const { ino, mtimeMs } = statSync(devLedger);
      const run = start();
      await run.ready;
      assert.match(inLedger('branch'), /kept/);
      assert.deepEqual(
        [statSync(devLedger).ino, statSync(devLedger).mtimeMs],
        [ino, mtimeMs],
      );

      childrenOf(run.pid).forEach(child => process.kill(child, 'SIGKILL'));
      assert.equal(await run.end, 1);
      assert.match(run.err, /the backend ended: SIGKILL/);
    });

    it('forgets its data with --reset, and ends with its group', async () => {
      const { birthtimeMs } = statSync(devLedger);
      const run = start('--reset');
      await run.ready;
      assert.doesNotMatch(inLedger('branch'), /kept/);
      assert.notEqual(statSync(devLedger).birthtimeMs, birthtimeMs);

      process.kill(-run.pid, 'SIGTERM');
      assert.equal(await run.end, 143);
    });
  });

  describe('when the configuration is wrong', () => {
    it('ends, and says what is wrong', async () => {
      const run = startWith({
        APP_CONFIG_dojo_git: JSON.stringify({ author: { name: '' } }),
      });
      assert.equal(await run.end, 1);
      assert.match(run.err, /the backend ended: exit code 1/);
      assert.match(run.err, /dojo\.git\.author\.name/);
    });
  });

  describe('when an option is unknown', () => {
    it('says so and starts nothing', async () => {
      const run = start('--prot', '7007');
      assert.equal(await run.end, 1);
      assert.match(run.err, /Unknown option '--prot'/);
    });
  });
});
