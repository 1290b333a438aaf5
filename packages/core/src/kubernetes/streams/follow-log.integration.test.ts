import type { ServerResponse } from 'node:http';
import { fakeTime } from '../__testUtils__/fake-time';
import type { FakeTime } from '../__testUtils__/fake-time';
import { startApi, status } from '../__testUtils__/start-api';
import type { ApiAnswer, ApiCall, TestApi } from '../__testUtils__/start-api';
import { openCluster } from '../open-cluster';

jest.setTimeout(60_000);

const container = { namespace: 'shop', pod: 'web-1', container: 'web' };
const podPath = '/api/v1/namespaces/shop/pods/web-1';

const podBody = (state: object, restartCount = 0) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1' },
  status: { containerStatuses: [{ name: 'web', restartCount, state }] },
});
const pod = (state: object, restartCount = 0): ApiAnswer => ({
  status: 200,
  body: podBody(state, restartCount),
});
const running = pod({ running: {} });
const ended = pod({ terminated: { exitCode: 0 } });
const waiting = pod({ waiting: { reason: 'ContainerCreating' } });
const gone = status(404, 'NotFound', 'pods "web-1" not found');

const at = (second: number, text: string) =>
  `2026-11-29T12:00:0${second}.5Z ${text}\n`;

/** A log of these parts; one that is `cut` has no end. */
const log =
  (...parts: string[]) =>
  async (response: ServerResponse): Promise<void> => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    for (const part of parts.filter(one => one !== 'cut')) {
      await new Promise<void>(resolve => {
        response.write(part, () => setImmediate(resolve));
      });
    }
    if (parts.at(-1) === 'cut') response.destroy();
    else response.end();
  };

let api: TestApi;
let time: FakeTime;
const inTurn = (answers: ApiAnswer[]) =>
  answers.length > 1 ? answers.shift()! : answers[0];

async function start(pods: ApiAnswer[], logs: ApiAnswer[]) {
  const answer = ({ path }: ApiCall) => inTurn(path === podPath ? pods : logs);
  api = await startApi(answer);
  time = fakeTime();
  const { signal } = new AbortController();
  return openCluster({ access: { name: 'test', url: api.url } }, signal, time);
}

async function linesOf(
  pods: ApiAnswer[],
  logs: ApiAnswer[],
  abort = new AbortController(),
): Promise<string[]> {
  const cluster = await start(pods, logs);
  const lines: string[] = [];
  try {
    for await (const line of cluster.followLog(container, abort.signal)) {
      lines.push(line);
      if (line === 'stop') abort.abort(new Error('stop'));
    }
    return lines;
  } finally {
    await cluster.dispose();
    await api.close();
  }
}

const asked = () =>
  api.calls
    .filter(({ path }) => path.endsWith('/log'))
    .map(({ query }) => Object.fromEntries(query));

describe('followLog', () => {
  it('has the lines of a container that has ended', async () => {
    const lines = await linesOf(
      [ended],
      [log(at(1, 'a'), at(1, ''), at(2, 'b'))],
    );
    expect(lines).toEqual(['a', '', 'b']);
    expect(asked()).toEqual([
      { container: 'web', follow: 'true', timestamps: 'true' },
    ]);
  });

  it('goes on without a line twice where it is cut, in the middle of a line too', async () => {
    const lines = await linesOf(
      [running, running, ended],
      [
        log(at(1, 'a'), at(2, 'b'), at(2, 'c'), at(2, 'd').slice(0, 24), 'cut'),
        // From the whole second on, as the kubelet has it.
        log(at(2, 'b'), at(2, 'c'), at(2, 'd'), 'cut'),
        log(at(2, 'b'), at(2, 'c'), at(2, 'd'), at(3, 'e')),
      ],
    );
    expect(lines).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked().map(({ sinceTime }) => sinceTime)).toEqual([
      undefined,
      '2026-11-29T12:00:02Z',
      '2026-11-29T12:00:02Z',
    ]);
  });

  it('goes on where the server ended it and the container has not', async () => {
    const lines = await linesOf(
      [running, running, ended],
      [
        log(at(1, 'a')),
        log(at(1, 'a'), at(1, 'b')),
        log(at(1, 'a'), at(1, 'b'), at(2, 'c')),
      ],
    );
    expect(lines).toEqual(['a', 'b', 'c']);
  });

  it('waits for a container to begin', async () => {
    const notYet = status(
      400,
      'BadRequest',
      'container "web" in pod "web-1" is waiting to start: ContainerCreating',
    );
    const lines = await linesOf(
      [waiting, waiting, running, ended],
      [notYet, log(at(1, 'a'))],
    );
    expect(lines).toEqual(['a']);
    expect(time.waits.slice(0, 2)).toEqual([500, 500]);
  });

  it.each<[string, ApiAnswer[]]>([
    ['its next run', [running, pod({ running: {} }, 1)]],
    ['the wait for its next run', [running, waiting]],
    ['the end of its pod', [running, gone]],
  ])('ends with %s', async (_, pods) => {
    expect(await linesOf(pods, [log(at(1, 'a'))])).toEqual(['a']);
  });

  it('has no lines of a pod that is not there', async () => {
    expect(await linesOf([gone], [log(at(1, 'a'))])).toEqual([]);
  });

  it('ends quietly with its signal', async () => {
    const endless = log(at(1, 'stop'), at(2, 'b'), 'cut');
    expect(await linesOf([running], [endless])).toEqual(['stop']);
  });

  it('throws where it may not read', async () => {
    const denied = status(403, 'Forbidden', 'cannot get pods/log');
    await expect(linesOf([running], [denied])).rejects.toMatchObject({
      refused: { status: 403, resource: 'pods/log', group: '' },
    });
  });

  const dropped: ApiAnswer = response => void response.destroy();

  it('goes on where the server comes back later than one look is repeated for', async () => {
    const waited = () => time.waits.reduce((sum, wait) => sum + wait, 0);
    const late: ApiAnswer = response => {
      if (waited() < 40_000) return void response.destroy();
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(
        JSON.stringify(podBody({ terminated: { exitCode: 0 } })),
      );
    };
    const lines = await linesOf(
      [running, late],
      [log(at(1, 'a'), 'cut'), log(at(1, 'a'), at(2, 'b'))],
    );
    expect(lines).toEqual(['a', 'b']);
  });

  it('throws where its pod is not told any more', async () => {
    await expect(
      linesOf([running, dropped], [log(at(1, 'a'), 'cut')]),
    ).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it('throws where the server stays away', async () => {
    await expect(linesOf([running], [dropped])).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
    });
  });
});

describe('readLog', () => {
  const { signal } = new AbortController();
  const read = async (answer: ApiAnswer, lines = 2, previous = false) => {
    const cluster = await start([gone], [answer]);
    try {
      return await cluster.readLog({ ...container, previous }, lines, signal);
    } finally {
      await cluster.dispose();
      await api.close();
    }
  };

  it('has the last lines', async () => {
    expect(await read(log('a\nb\n', 'c\nd'))).toEqual(['c', 'd']);
    expect(asked()).toEqual([
      { container: 'web', tailLines: '2', limitBytes: '33554432' },
    ]);
    await read(log('a\n'), 2, true);
    expect(asked()[0].previous).toBe('true');
  });

  it('cuts long lines', async () => {
    const [line] = await read(log(`${'x'.repeat(100_000)}\n`));
    expect(line).toHaveLength(16_384);
  });

  it.each<[string, ApiAnswer]>([
    ['the pod is gone', gone],
    [
      'it has not begun',
      status(
        400,
        'BadRequest',
        'container "web" in pod "web-1" is waiting to start: PodInitializing',
      ),
    ],
    [
      'there was no run before',
      status(
        400,
        'BadRequest',
        'previous terminated container "web" in pod "web-1" not found',
      ),
    ],
    [
      'the pod is on no node',
      status(400, 'BadRequest', 'pod web-1 does not have a host assigned'),
    ],
  ])('has none where %s', async (_, answer) => {
    expect(await read(answer)).toEqual([]);
  });

  it("throws where the container is not the pod's", async () => {
    const wrong = status(
      400,
      'BadRequest',
      'container web is not valid for pod web-1',
    );
    await expect(read(wrong)).rejects.toMatchObject({
      refused: { status: 400 },
    });
  });

  it('reads again from the beginning where it is cut', async () => {
    const cluster = await start(
      [gone],
      [log('a\nb\n', 'cut'), log('a\nb\nc\n')],
    );
    expect(await cluster.readLog(container, 2, signal)).toEqual(['b', 'c']);
    await cluster.dispose();
    await api.close();
  });
});
