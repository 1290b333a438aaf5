import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../faults/serve';
import type { Answer, FaultyServer } from '../faults/serve';
import { freePort } from '../free-port';
import { registryProgram } from '../testbed-programs';
import { registryAccount, registryPasswordHash } from './registry-account';
import { startTokenServer } from './token-server';
import type { TokenServer } from './token-server';

/** Options of {@link startRegistry}. */
export interface StartRegistryOptions {
  /** Default `none`. `token`: the registry trusts a token server of its own, see {@link TestRegistry.tokens}. */
  readonly auth?: 'none' | 'basic' | 'token';
}

/** The CNCF distribution registry, in memory, behind a front that logs every request and can fail. */
export interface TestRegistry extends FaultyServer {
  /** The registry itself, for what a test does beside the log. */
  readonly direct: string;
  readonly tokens?: TokenServer;
}

/** Milliseconds in which a registry answers; it needs about 100. */
const startDeadline = 60_000;

/** Starts a registry on a free port. The first start on a machine builds it (scripts/testbed.mjs). */
export async function startRegistry(
  options: StartRegistryOptions = {},
): Promise<TestRegistry> {
  const { auth = 'none' } = options;
  const { command, args } = await registryProgram();
  const folder = await mkdtemp(join(tmpdir(), 'dojo-registry-'));
  const direct = `127.0.0.1:${await freePort()}`;
  const front = await serve((request, body) =>
    forward(direct, request.method ?? 'GET', request.url ?? '/', {
      headers: toHeaders(request.headers),
      body,
    }),
  );
  const tokens = auth === 'token' ? await startTokenServer() : undefined;
  await writeFile(
    join(folder, 'htpasswd'),
    `${registryAccount.username}:${registryPasswordHash}\n`,
  );
  if (tokens) await writeFile(join(folder, 'jwks.json'), tokens.jwks);
  const config = join(folder, 'config.json');
  await writeFile(
    config,
    // YAML's flow style is JSON.
    JSON.stringify({
      version: '0.1',
      log: { level: 'error', accesslog: { disabled: true } },
      storage: {
        inmemory: {},
        delete: { enabled: true },
        maintenance: { uploadpurging: { enabled: false } },
      },
      http: { addr: direct, secret: 'test', relativeurls: true },
      ...(auth === 'basic' && {
        auth: {
          htpasswd: { realm: 'test', path: join(folder, 'htpasswd') },
        },
      }),
      ...(tokens && {
        auth: {
          token: {
            realm: `${tokens.url}/token`,
            service: tokens.service,
            issuer: tokens.issuer,
            jwks: join(folder, 'jwks.json'),
          },
        },
      }),
    }),
  );
  const child = spawn(command, [...args, 'serve', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its tracing would look for a collector on this machine.
    env: { ...process.env, OTEL_TRACES_EXPORTER: 'none' },
  });
  const errors: string[] = [];
  child.stderr.on('data', chunk => errors.push(String(chunk)));
  const close = async () => {
    await front.close();
    await tokens?.close();
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(direct, child, errors);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...front, direct: `http://${direct}`, tokens, close };
}

async function untilReady(
  host: string,
  child: ChildProcess,
  errors: string[],
): Promise<void> {
  const end = Date.now() + startDeadline;
  while (child.exitCode === null && Date.now() < end) {
    try {
      await fetch(`http://${host}/v2/`);
      return;
    } catch {
      await wait(20);
    }
  }
  throw new Error(`The test registry did not start: ${errors.join('')}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(done => {
    child.once('exit', done);
  });
  child.kill('SIGKILL');
  await gone;
}

function toHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const hop = ['connection', 'host', 'transfer-encoding', 'content-length'];
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !hop.includes(name))
      .map(([name, value]) => [name, String(value)]),
  );
}

async function forward(
  host: string,
  method: string,
  path: string,
  request: { headers: Record<string, string>; body: Buffer },
): Promise<Answer> {
  const response = await fetch(`http://${host}${path}`, {
    method,
    headers: request.headers,
    body: request.body.length === 0 ? undefined : new Uint8Array(request.body),
    redirect: 'manual',
  });
  return {
    status: response.status,
    headers: Object.fromEntries(
      [...response.headers].filter(
        ([name]) => !['connection', 'transfer-encoding'].includes(name),
      ),
    ),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
