import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './portal/free-port.mjs';
import { ROOT } from './source-hash.mjs';

const data = mkdtempSync(join(tmpdir(), 'portal-cluster-'));
const component = 'component:default/ledger';
const run = { out: '', err: '', ended: false };

/** What answers, asked again until it does what is waited for. */
async function until(ask, withinMs, what) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come about`);
    await delay(250);
  }
}

const urlOf = name =>
  run.out.match(new RegExp(`^${name} (http://\\S+)$`, 'm'))?.[1];

/** All processes that came from the portal, whoever their parent is by now: they have its data folder or cluster in words. */
const processesOf = folder =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(folder) && !line.includes(' ps '));

let token;
async function ask(path, body) {
  const answer = await fetch(`${urlOf('Backend')}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** Runs the template as its form would, and waits for its end. */
async function deploy(choices, form) {
  const { plan, planHash } = await ask('/api/dojo/plans/deployment', {
    component,
    ...choices,
  });
  const { id } = await ask('/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/deploy',
    values: {
      component,
      environment: choices.environment,
      ...form,
      review: { planHash, what: 'test', version: 'test' },
    },
  });
  const task = await until(
    async () => {
      const found = await ask(`/api/scaffolder/v2/tasks/${id}`);
      return /^(completed|failed|cancelled)$/.test(found.status)
        ? found
        : undefined;
    },
    120_000,
    'the end of the task',
  );
  const events = await ask(`/api/scaffolder/v2/tasks/${id}/events`);
  const log = events.map(({ body }) => body.message).join('\n');
  return { plan, status: task.status, log };
}

/** Starts the portal with the data folder as it is, and waits until the guest can use the template. */
async function startPortal() {
  Object.assign(run, { out: '', err: '', ended: false });
  const port = await freePort(7407);
  const child = spawn(
    process.execPath,
    [
      ...['scripts/start.mjs', '--cluster'],
      ...['--data', data, '--port', String(port)],
    ],
    { cwd: ROOT, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  run.pid = child.pid;
  child.stdout.on('data', chunk => (run.out += chunk));
  child.stderr.on('data', chunk => (run.err += chunk));
  run.end = once(child, 'close').then(([code]) => {
    run.ended = true;
    return code;
  });
  await Promise.race([
    until(async () => urlOf('Backend'), 600_000, 'the portal'),
    run.end.then(code => {
      throw new Error(`exit ${code}: ${run.err}`);
    }),
  ]);
  const session = await fetch(`${urlOf('Backend')}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  }).then(answer => answer.json());
  token = session.backstageIdentity.token;
  for (const name of ['component/default/ledger', 'template/default/deploy']) {
    await until(
      () => ask(`/api/catalog/entities/by-name/${name}`),
      180_000,
      name,
    );
  }
}

describe('scripts/start --cluster', { timeout: 900_000 }, () => {
  before(startPortal);
  after(() => {
    if (run.pid && !run.ended) process.kill(-run.pid, 'SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });

  it('says where dev and staging are applied', async () => {
    assert.deepEqual(
      (await ask('/api/dojo/environments')).map(
        ({ name, mode, cluster }) => `${name} ${mode} ${cluster}`,
      ),
      [
        'dev apply local',
        'staging apply local-staging',
        'production pull-request undefined',
      ],
    );
    assert.equal((await fetch(urlOf('Ledger in dev'))).status, 503);
  });

  it('deploys to dev, where the page of the pod itself answers', async () => {
    const overlay = {
      host: 'ledger.dev.example.test',
      storage: { size: '1Gi' },
    };
    const version = 'v0.3.0';
    const { plan, status, log } = await deploy(
      { environment: 'dev', version, ...overlay },
      { intent: 'version', version, overlay: true, ...overlay },
    );
    assert.equal(status, 'completed', log);
    assert.deepEqual(
      plan.decides.cluster.writes.map(({ kind }) => kind).sort(),
      [
        'ConfigMap',
        'Deployment',
        'Ingress',
        'PersistentVolumeClaim',
        'Service',
      ],
    );
    const page = await fetch(urlOf('Ledger in dev'));
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Ledger 0\.3\.0/);
  });

  it('promotes what runs in dev to staging', async () => {
    const overlay = {
      host: 'ledger.staging.example.test',
      storage: { size: '1Gi' },
    };
    const { status, log } = await deploy(
      { environment: 'staging', promoteFrom: 'dev', ...overlay },
      { intent: 'promote', promoteFrom: 'dev', overlay: true, ...overlay },
    );
    assert.equal(status, 'completed', log);
    assert.match(
      await (await fetch(urlOf('Ledger in staging'))).text(),
      /Ledger 0\.3\.0/,
    );
  });

  it('tells nobody the token of the portal', () => {
    const { token: secret } = JSON.parse(
      readFileSync(join(data, 'cluster.json'), 'utf8'),
    );
    const log = readFileSync(join(data, 'portal.log'), 'utf8');
    const seen = execFileSync('ps', ['-A', '-ww', '-o', 'args='], {
      encoding: 'utf8',
    });
    assert.ok(secret.length > 100);
    assert.ok(!log.includes(secret));
    assert.ok(!seen.includes(secret));
  });

  it('leaves no process after Ctrl-C', async () => {
    const [, cluster] = run.out.match(/^Kubeconfig (.+)\/[^/]+$/m);
    assert.ok(processesOf(cluster).length > 0 || processesOf(data).length > 0);
    process.kill(run.pid, 'SIGINT');
    assert.equal(await run.end, 130);
    await until(
      async () =>
        [...processesOf(cluster), ...processesOf(data)].length === 0 ||
        undefined,
      60_000,
      'the end of every process',
    );
  });

  it('begins the next time with an empty cluster, to which the overlay brings it back', async () => {
    await startPortal();
    assert.equal((await fetch(urlOf('Ledger in dev'))).status, 503);
    const version = 'v0.3.0';
    const { plan, status, log } = await deploy(
      { environment: 'dev', version },
      { intent: 'version', version },
    );
    assert.deepEqual(plan.decides.edits, []);
    assert.equal(plan.decides.cluster.writes.length, 5);
    assert.equal(status, 'completed', log);
    const page = await fetch(urlOf('Ledger in dev'));
    assert.match(await page.text(), /Ledger 0\.3\.0/);
    process.kill(run.pid, 'SIGINT');
    assert.equal(await run.end, 130);
  });
});
