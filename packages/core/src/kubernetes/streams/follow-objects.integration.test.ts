import type { ServerResponse } from 'node:http';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { ObjectChange } from '../../cluster/cluster';
import { fakeTime } from '../__testUtils__/fake-time';
import type { FakeTime } from '../__testUtils__/fake-time';
import { startApi, status } from '../__testUtils__/start-api';
import type { ApiAnswer, ApiCall, TestApi } from '../__testUtils__/start-api';
import { openCluster } from '../open-cluster';

jest.setTimeout(60_000);

const pods = { apiVersion: 'v1', kind: 'Pod' };
const query = { namespace: 'shop', labels: 'app=web' };

const pod = (name: string, version: number) => ({
  ...pods,
  metadata: { name, resourceVersion: `${version}` },
});
const list = (version: number, ...names: string[]): ApiAnswer => ({
  status: 200,
  body: {
    metadata: { resourceVersion: `${version}` },
    items: names.map(name => ({ metadata: { name } })),
  },
});
const event = (type: string, object: object) =>
  `${JSON.stringify({ type, object })}\n`;
const bookmark = (version: number) =>
  event('BOOKMARK', { ...pods, metadata: { resourceVersion: `${version}` } });

type Part = string | 'cut' | 'end' | (() => void);

/** A watch that sends these parts and then stays open, unless the last one ends it. */
const watch =
  (...parts: Part[]) =>
  async (response: ServerResponse): Promise<void> => {
    response.on('error', () => {});
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const part of parts) {
      if (part === 'cut') response.destroy();
      else if (part === 'end') response.end();
      else if (typeof part === 'function') part();
      else {
        await new Promise<void>(resolve => {
          response.write(part, () => setImmediate(resolve));
        });
      }
    }
  };

let api: TestApi;
let time: FakeTime;

/** As a server says it that cannot begin a watch with all that is there. */
const noInitial = status(
  422,
  'Invalid',
  'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
);

const asksInitial = (call: ApiCall) => call.query.has('sendInitialEvents');

/**
 * Follows until something says `stop`; lists, watches and watches that begin with all that is there are answered in turn, the
 * last of each again and again.
 */
async function follow(answers: {
  readonly lists: ApiAnswer[];
  readonly watches: ApiAnswer[];
  readonly initial?: ApiAnswer[];
  readonly stopAfter?: number;
  readonly abort?: AbortController;
}): Promise<string[]> {
  const { lists, watches, initial = [noInitial] } = answers;
  const { stopAfter, abort = new AbortController() } = answers;
  const next = (of: ApiAnswer[]) => (of.length > 1 ? of.shift()! : of[0]);
  api = await startApi(call => {
    if (asksInitial(call)) return next(initial);
    return next(call.query.has('watch') ? watches : lists);
  });
  time = fakeTime();
  const cluster = await openCluster(
    { access: { name: 'test', url: api.url } },
    abort.signal,
    time,
  );
  const seen: string[] = [];
  try {
    for await (const change of cluster.follow(pods, query, abort.signal)) {
      seen.push(wordsOf(change));
      if (seen.length === stopAfter) abort.abort(new Error('stop'));
    }
    return seen;
  } finally {
    await cluster.dispose();
    await api.close();
  }
}

function wordsOf(change: ObjectChange): string {
  const names =
    change.kind === 'snapshot'
      ? change.objects.map(({ metadata }) => metadata.name).join(',')
      : change.object.metadata.name;
  return `${change.kind} ${names}`;
}

const versionsAsked = () =>
  api.calls
    .filter(call => call.query.has('watch') && !asksInitial(call))
    .map(call => call.query.get('resourceVersion'));

const initialEnd = (version: number) =>
  event('BOOKMARK', {
    ...pods,
    metadata: {
      resourceVersion: `${version}`,
      annotations: { 'k8s.io/initial-events-end': 'true' },
    },
  });

describe('follow', () => {
  it('begins with all that is there, in one request', async () => {
    const seen = await follow({
      lists: [],
      watches: [],
      initial: [
        watch(
          event('ADDED', pod('a', 3)) + event('ADDED', pod('b', 4)),
          // No end yet: what changes meanwhile is part of what is there.
          bookmark(5),
          event('MODIFIED', pod('a', 6)) + event('DELETED', pod('b', 7)),
          event('ADDED', pod('c', 8)) + initialEnd(8),
          event('MODIFIED', pod('a', 9)),
        ),
      ],
      stopAfter: 2,
    });
    expect(seen).toEqual(['snapshot a,c', 'changed a']);
    expect(api.calls).toHaveLength(1);
    expect(Object.fromEntries(api.calls[0].query)).toEqual({
      watch: 'true',
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '60',
      labelSelector: 'app=web',
    });
  });

  it('begins anew where it is cut before all has come, and goes on where it is cut later', async () => {
    const seen = await follow({
      lists: [],
      watches: [watch(event('MODIFIED', pod('b', 9)))],
      initial: [
        watch(event('ADDED', pod('a', 3)), 'cut'),
        watch(event('ADDED', pod('b', 4)) + initialEnd(8), 'end'),
      ],
      stopAfter: 2,
    });
    expect(seen).toEqual(['snapshot b', 'changed b']);
    expect(versionsAsked()).toEqual(['8']);
  });

  it.each<[string, ApiAnswer]>([
    ['refuses it', noInitial],
    ['does not know the parameter', status(400, 'BadRequest', 'unknown')],
    ['ends it without its end', watch(event('ADDED', pod('a', 3)), 'end')],
    // As one would that ignores the parameter: 3 s later it is given up.
    ['never tells of its end', watch(event('ADDED', pod('a', 3)))],
  ])('lists where the server %s, and asks it once', async (_, answer) => {
    const seen = await follow({
      lists: [list(5, 'b')],
      watches: [
        watch(event('ERROR', status(410, 'Expired', 'too old').body)),
        watch(event('ADDED', pod('c', 51))),
      ],
      initial: [answer],
      stopAfter: 3,
    });
    expect(seen).toEqual(['snapshot b', 'snapshot b', 'changed c']);
    expect(api.calls.filter(asksInitial)).toHaveLength(1);
  });

  it('lists, and watches from there', async () => {
    const seen = await follow({
      lists: [list(5, 'a', 'b')],
      watches: [
        watch(
          event('MODIFIED', pod('a', 6)),
          event('ADDED', pod('c', 7)) + event('DELETED', pod('b', 8)),
        ),
      ],
      stopAfter: 4,
    });
    expect(seen).toEqual([
      'snapshot a,b',
      'changed a',
      'changed c',
      'removed b',
    ]);
    expect(api.calls).toHaveLength(3);
    expect(Object.fromEntries(api.calls[2].query)).toEqual({
      watch: 'true',
      resourceVersion: '5',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '60',
      labelSelector: 'app=web',
    });
  });

  it('reads events wherever the pieces end', async () => {
    const [first, second] = [
      event('ADDED', pod('ä', 6)),
      event('ADDED', pod('b', 7)),
    ];
    const seen = await follow({
      lists: [list(5)],
      watches: [
        watch(
          first.slice(0, 9),
          first.slice(9) + second.slice(0, 3),
          second.slice(3),
        ),
      ],
      stopAfter: 3,
    });
    expect(seen).toEqual(['snapshot ', 'changed ä', 'changed b']);
  });

  it.each<[string, Part]>([
    ['is cut', 'cut'],
    ['ends in order', 'end'],
  ])(
    'goes on from the last event or bookmark where a watch %s',
    async (_, end) => {
      const seen = await follow({
        lists: [list(5, 'a')],
        watches: [
          watch(event('MODIFIED', pod('a', 6)), end),
          watch(bookmark(40), end),
          watch(event('MODIFIED', pod('a', 41)).slice(0, 20), end),
          watch(event('MODIFIED', pod('a', 41))),
        ],
        stopAfter: 3,
      });
      expect(seen).toEqual(['snapshot a', 'changed a', 'changed a']);
      expect(versionsAsked()).toEqual(['5', '6', '40', '40']);
      // At once after a watch that brought something.
      expect(time.waits).toEqual([200]);
    },
  );

  it.each<[string, ApiAnswer]>([
    ['an event', watch(event('ERROR', status(410, 'Expired', 'too old').body))],
    ['an answer', status(410, 'Expired', 'too old resource version')],
  ])(
    'lists again where its version is forgotten, said by %s',
    async (_, forgotten) => {
      const seen = await follow({
        lists: [list(5, 'a'), list(50, 'b')],
        watches: [forgotten, watch(event('ADDED', pod('c', 51)))],
        stopAfter: 3,
      });
      expect(seen).toEqual(['snapshot a', 'snapshot b', 'changed c']);
      expect(versionsAsked()).toEqual(['5', '50']);
    },
  );

  it('survives an error of the server for a while', async () => {
    const failing = watch(
      event('ERROR', status(500, 'InternalError', 'etcd is away').body),
    );
    const seen = await follow({
      lists: [list(5)],
      watches: [failing, failing, watch(event('ADDED', pod('c', 51)))],
      stopAfter: 2,
    });
    expect(seen).toEqual(['snapshot ', 'changed c']);
    expect(time.waits).toEqual([200, 400]);
  });

  it('throws what the server says in the end', async () => {
    const failing = watch(
      event('ERROR', status(500, 'InternalError', 'etcd is away').body),
    );
    const error = await follow({ lists: [list(5)], watches: [failing] }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(ClusterRefusal);
    expect(error).toMatchObject({
      refused: {
        status: 500,
        message: 'etcd is away',
        verb: 'watch',
        resource: 'pods',
      },
    });
    const waited = time.waits.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeGreaterThan(15_000);
  });

  it.each<[string, ApiAnswer]>([
    ['lines that are no events', watch('<html>\n', 'end')],
    ['cuts', watch('cut')],
  ])('throws in the end over %s', async (_, bad) => {
    const error = await follow({ lists: [list(5)], watches: [bad] }).catch(
      (caught: unknown) => caught,
    );
    expect(isDojoError(error)).toBe(true);
  });

  it('throws at once where it may not watch', async () => {
    const denied = status(403, 'Forbidden', 'cannot watch');
    const error = await follow({ lists: [list(5)], watches: [denied] }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ refused: { status: 403, verb: 'watch' } });
    expect(time.waits).toEqual([]);
  });

  it('ends quietly with its signal, wherever it is', async () => {
    const silent = new AbortController();
    expect(
      await follow({
        lists: [list(5, 'a')],
        watches: [watch(() => silent.abort(new Error('stop')))],
        abort: silent,
      }),
    ).toEqual(['snapshot a']);
    const listing = new AbortController();
    expect(
      await follow({
        lists: [() => listing.abort(new Error('stop'))],
        watches: [],
        abort: listing,
      }),
    ).toEqual([]);
  });

  it('lets go of its connection where the reader stops', async () => {
    let isClosed: Promise<void> | undefined;
    api = await startApi(call => {
      if (asksInitial(call)) return noInitial;
      if (!call.query.has('watch')) return list(5);
      return async response => {
        isClosed = new Promise(resolve => {
          response.on('close', () => resolve());
        });
        await watch(event('ADDED', pod('a', 6)))(response);
      };
    });
    const { signal } = new AbortController();
    const cluster = await openCluster(
      { access: { name: 'test', url: api.url } },
      signal,
    );
    for await (const change of cluster.follow(pods, {}, signal)) {
      if (change.kind === 'changed') break;
    }
    await expect(isClosed).resolves.toBeUndefined();
    await cluster.dispose();
    await api.close();
  });

  it('lets the server wait while nobody reads', async () => {
    const big = 'x'.repeat(100_000);
    let sent = 0;
    const endless = async (response: ServerResponse) => {
      response.on('error', () => {});
      while (!response.destroyed && sent < 5_000) {
        sent += 1;
        const object = { ...pod(`p${sent}`, sent), big };
        if (!response.write(event('ADDED', object))) {
          await new Promise<void>(resolve => {
            const go = () => {
              response.off('drain', go).off('close', go);
              resolve();
            };
            response.on('drain', go).on('close', go);
          });
        }
      }
    };
    api = await startApi(call => {
      if (asksInitial(call)) return noInitial;
      return call.query.has('watch') ? endless : list(0);
    });
    const abort = new AbortController();
    const cluster = await openCluster(
      { access: { name: 'test', url: api.url } },
      abort.signal,
    );
    let read = 0;
    for await (const change of cluster.follow(pods, {}, abort.signal)) {
      if (change.kind !== 'changed') continue;
      read += 1;
      // Until the server can send no more.
      let before: number;
      do {
        before = sent;
        await new Promise(resolve => {
          setTimeout(resolve, 50);
        });
      } while (sent !== before);
      if (read === 3) abort.abort(new Error('stop'));
    }
    expect(read).toBe(3);
    expect(sent).toBeLessThan(500);
    await cluster.dispose();
    await api.close();
  });
});
