/** Asks a portal of so many components as its pages do, and Backstage's catalog table beside it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from '../shared/places.mjs';

export const transform = createRequire(join(ROOT, 'package.json')).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const startsWithinMs = 400_000;
const asked = 400;
const tableTurns = 60;
/** What the catalog's table asks for, but 50 at a time instead of 20. */
const table =
  '/api/catalog/entities/by-query?limit=50&offset=0&filter=kind%3Dcomponent&orderField=metadata.name%2Casc&totalItems=exclude';
const tableCount =
  '/api/catalog/entities/by-query?limit=0&filter=kind%3Dcomponent';

/** @returns figures by name, in milliseconds unless the name says otherwise. */
export async function askPortal(components, database) {
  const port = await freePort();
  const server = spawn(
    process.execPath,
    [
      ...['--require', transform, '--no-deprecation'],
      join(ROOT, 'bench/portal/serve-portal.ts'),
      ...[String(components), String(port)],
    ],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        BENCH_DATABASE: database,
        NODE_ENV: 'production',
        LOG_LEVEL: 'error',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  process.once('exit', () => server.kill());
  try {
    const url = await readyUrl(server);
    return await figuresOf(url, components, server.pid);
  } finally {
    if (server.exitCode === null) {
      const ended = once(server, 'exit');
      server.stdin.end();
      await ended;
    }
  }
}

async function figuresOf(url, components, pid) {
  const token = await signIn(url);
  const timed = async path => {
    const started = performance.now();
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return { ms: performance.now() - started, bytes: Buffer.byteLength(text) };
  };
  const many = async (paths, turns) => {
    const ms = [];
    for (let turn = 0; turn < turns; turn += 1)
      ms.push((await timed(paths(turn))).ms);
    return p95(ms);
  };
  const page = path => () => path;
  const statusOf = place =>
    `/api/dojo/components/default/component/${
      place === 0 ? 'atlas' : `service-${place}`
    }/delivery`;
  const lists = [
    '/api/dojo/deliveries?sort=name',
    '/api/dojo/deliveries?flag=drifted',
    '/api/dojo/deliveries?q=service-9',
    '/api/dojo/deliveries?owned=true',
    '/api/dojo/deliveries?sort=deployed&order=asc',
  ];

  // Nothing was asked by this user before: what the catalog shows whom is asked with it.
  const first = await timed('/api/dojo/deliveries');
  const firstTable = await timed(table);
  const coldStatus = await timed(statusOf(0));
  return {
    'Deliveries: first rows, the first time': round(first.ms),
    "Backstage's catalog table: first rows, the first time": round(
      firstTable.ms,
    ),
    'Deliveries: 50 rows, p95': await many(
      page('/api/dojo/deliveries'),
      tableTurns,
    ),
    "Backstage's catalog table: 50 rows, p95": await many(
      page(table),
      tableTurns,
    ),
    "Backstage's catalog table: its count, p95": await many(
      page(tableCount),
      tableTurns,
    ),
    'Deliveries: sorted, filtered, searched, p95': await many(
      turn => lists[turn % lists.length],
      tableTurns,
    ),
    'Deliveries: answer of 50 rows, KB': round(first.bytes / 1024),
    "Backstage's catalog table: answer of 50 rows, KB": round(
      firstTable.bytes / 1024,
    ),
    'Delivery of atlas, the first time': round(coldStatus.ms),
    'Delivery of atlas, KB': round(coldStatus.bytes / 1024),
    'Delivery of 30 components, warm, p95': await many(
      turn => statusOf(turn % 30),
      asked,
    ),
    'Delivery of any component, p95': await many(
      turn => statusOf((turn * 37) % components),
      asked,
    ),
    'History of atlas, p95': await many(
      page(`${statusOf(0)}/history`),
      tableTurns,
    ),
    'Measures of atlas, p95': await many(
      page(`${statusOf(0)}/measures?days=90`),
      tableTurns,
    ),
    'The whole backend, MB': residentMb(pid),
  };
}

async function signIn(url) {
  const answer = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  return (await answer.json()).backstageIdentity.token;
}

function readyUrl(server) {
  return new Promise((resolve, reject) => {
    let out = '';
    let complains = '';
    const late = setTimeout(
      () => reject(new Error(`not ready in time: ${complains}`)),
      startsWithinMs,
    );
    server.stderr.on('data', chunk => {
      complains = `${complains}${chunk}`.slice(-4000);
    });
    server.stdout.on('data', chunk => {
      out = `${out}${chunk}`.slice(-4000);
      const url = /^ready (\S+)$/m.exec(out)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
    server.once('exit', code => {
      clearTimeout(late);
      reject(new Error(`the portal ended with ${code}: ${complains || out}`));
    });
  });
}

/** Linux tells it; elsewhere there is no figure. */
function residentMb(pid) {
  try {
    const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    );
    return round(Number(kb) / 1024);
  } catch {
    return '';
  }
}

export function p95(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return round(sorted[Math.floor(sorted.length * 0.95)] ?? 0);
}

export function round(figure) {
  return Math.round(figure * 10) / 10;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
