import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from 'dojo-testing';
import { stringify } from 'yaml';
import { until } from './until';

/** The portal's own backend in a process of its own, which a test may kill. */
export interface TestPortal {
  /** Calls it as the guest. */
  call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T>;
  /** kill -9 of the process alone, as the kernel does it when memory runs out. */
  kill(): Promise<void>;
  /** SIGTERM, as a rolling update sends it. @returns how it ended. */
  stop(): Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
  }>;
  readonly pid: number;
}

const root = join(__dirname, '../../../..');

/** Starts packages/backend, without its pages, on app-config.yaml with changes on top, and waits until it is ready. */
export async function startPortal(options: {
  /** Keeps its database; a second start in the same folder is a restart. */
  readonly folder: string;
  readonly config: object;
  /** `backend.database`; default: SQLite in the folder. */
  readonly database?: object;
  /** kill -9 at a moment of its start; one that is ready is left alone. */
  readonly killAfterMs?: number;
}): Promise<TestPortal> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configFile = join(options.folder, `app-config.${port}.yaml`);
  writeFileSync(
    configFile,
    stringify({
      // A package without pages: nobody opens any, and another suite may be making those of `app` anew at this moment.
      app: { baseUrl: url, packageName: 'dojo-testing' },
      ...options.config,
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        database: options.database ?? {
          connection: { directory: join(options.folder, 'database') },
        },
        workingDirectory: options.folder,
      },
    }),
  );
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      'packages/backend/src/index.ts',
      '--config',
      'app-config.yaml',
      '--config',
      configFile,
    ],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const timer =
    options.killAfterMs === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGKILL'), options.killAfterMs);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => output.push(String(chunk)));
  }
  const token = await until('the portal is ready', async () => {
    if (child.exitCode !== null || child.signalCode !== null) {
      clearTimeout(timer);
      throw new Error(output.join('').slice(-16_000));
    }
    const ready = await fetch(`${url}/.backstage/health/v1/readiness`).catch(
      () => undefined,
    );
    if (!ready?.ok) return undefined;
    const answer = await fetch(`${url}/api/auth/guest/refresh`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    }).catch(() => undefined);
    if (!answer?.ok) return undefined;
    return (await answer.json()).backstageIdentity.token as string;
  });
  clearTimeout(timer);
  return {
    async call(method, path, body) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status}: ${text}`);
      return JSON.parse(text);
    },
    async kill() {
      await end(child, 'SIGKILL');
    },
    async stop() {
      await end(child, 'SIGTERM');
      return { code: child.exitCode, signal: child.signalCode };
    },
    pid: child.pid!,
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
