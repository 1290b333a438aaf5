import { readFile, writeFile } from 'node:fs/promises';
import { startCluster } from 'dojo-testing';
import type { TestCluster } from 'dojo-testing';
import type { Cluster } from '../cluster/cluster';
import { startTcpProxy } from './__testUtils__/start-tcp-proxy';
import type { TcpProxy } from './__testUtils__/start-tcp-proxy';
import { openCluster } from './open-cluster';

jest.setTimeout(120_000);

const { signal } = new AbortController();

let testbed: TestCluster;
let proxy: TcpProxy;
let cluster: Cluster;
let namespace: string;

beforeAll(async () => {
  testbed = await startCluster();
  proxy = await startTcpProxy(Number(new URL(testbed.url).port));
  const text = await readFile(testbed.kubeconfig, 'utf8');
  const path = `${testbed.kubeconfig}-proxied`;
  const url = `https://127.0.0.1:${proxy.port}`;
  await writeFile(path, text.replaceAll(testbed.url, url));
  cluster = await openCluster({ kubeconfig: { path } }, signal);
  namespace = await testbed.createNamespace();
});
afterAll(async () => {
  await cluster?.dispose();
  await proxy?.close();
  await testbed?.stop();
});

/** Runs a script of this Node in a pod. */
async function run(
  pod: string,
  script: string,
  restartPolicy: 'Never' | 'Always' = 'Never',
) {
  const command = [process.execPath, '-e', script];
  await testbed.request('POST', `/api/v1/namespaces/${namespace}/pods`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod },
    spec: {
      restartPolicy,
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image: 'node:24', command }],
    },
  });
  return { namespace, pod, container: 'main' };
}

async function read(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index}`);

describe('followLog', () => {
  it('has all lines once, from before the container begins to its end, over cuts and a restart of the API server', async () => {
    // Several lines a millisecond, so that many share a second.
    const container = await run(
      'writer',
      `let at = 0;
       const write = () => {
         for (let few = 0; few < 5; few += 1) console.log('line ' + at++);
         if (at < 3000) setTimeout(write, 10);
       };
       write();`,
    );
    // A server that comes up slowly, and is cut off at each first word, is one that does not answer.
    let isRestarting = false;
    const cutting = setInterval(() => {
      if (!isRestarting) proxy.cut();
    }, 700);
    const restarting = (async () => {
      await new Promise(resolve => {
        setTimeout(resolve, 2_000);
      });
      isRestarting = true;
      await testbed.restartApiServer();
      isRestarting = false;
    })();
    const lines = await read(cluster.followLog(container, signal));
    clearInterval(cutting);
    await restarting;
    expect(lines).toEqual(numbers(3_000));
  });

  it('has none of a pod that is not there', async () => {
    const none = { namespace, pod: 'none', container: 'main' };
    expect(await read(cluster.followLog(none, signal))).toEqual([]);
    expect(await cluster.readLog(none, 10, signal)).toEqual([]);
  });
});

describe('readLog', () => {
  it('has the last lines, also of the run before', async () => {
    const container = await run(
      'crasher',
      `for (let at = 0; at < 100; at += 1) console.error('line ' + at);
       process.exitCode = 3;`,
      'Always',
    );
    const previous = { ...container, previous: true };
    let last: readonly string[] = [];
    while (last.length === 0) {
      last = await cluster.readLog(previous, 3, signal);
    }
    expect(last).toEqual(numbers(100).slice(-3));
  });
});
