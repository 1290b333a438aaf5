import { eventually } from '../__testUtils__/pods-of-a-test';
import { followObjects } from './follow-objects';
import { KubeRefusal } from './kube-api';
import type { WatchLine } from './kube-api';
import type { KubeObject } from './kube-objects';

function toObject(uid: string, version: number): KubeObject {
  return { metadata: { name: uid, uid, resourceVersion: String(version) } };
}

/** Answers each list and each watch with the next of what is prepared; the last watch never ends. */
function toApi(
  lists: readonly (readonly KubeObject[])[],
  watches: readonly (readonly WatchLine[] | Error)[],
) {
  const asked: string[] = [];
  let listed = 0;
  let watched = 0;
  const api = {
    list: async <T>(path: string) => {
      asked.push(path);
      listed += 1;
      return {
        metadata: { resourceVersion: String(100 * listed) },
        items: lists[listed - 1],
      } as T;
    },
    async *watch(path: string) {
      asked.push(path);
      const lines = watches[watched];
      watched += 1;
      if (lines === undefined) await new Promise(() => {});
      if (lines instanceof Error) throw lines;
      yield* lines;
    },
  };
  return { api, asked };
}

function follow(api: Parameters<typeof followObjects>[0]) {
  const told: string[] = [];
  const stop = new AbortController();
  const followed = followObjects(
    api,
    { path: '/pods', fields: 'spec.nodeName=n' },
    {
      changed: ({ metadata }) =>
        told.push(`${metadata.uid}@${metadata.resourceVersion}`),
      removed: ({ metadata }) => told.push(`-${metadata.uid}`),
    },
    stop.signal,
  );
  return { told, followed, stop };
}

describe('followObjects', () => {
  it('goes on where a cut watch was', async () => {
    const { api, asked } = toApi(
      [[toObject('a', 1)]],
      [
        [{ type: 'MODIFIED', object: toObject('a', 101) }],
        new Error('socket hang up'),
      ],
    );
    const { told, stop } = follow(api);
    await eventually(
      () => asked.length,
      count => count === 4,
    );
    stop.abort();
    expect(told).toEqual(['a@1', 'a@101']);
    const watch =
      '/pods?fieldSelector=spec.nodeName%3Dn&watch=1&allowWatchBookmarks=true';
    expect(asked).toEqual([
      '/pods?fieldSelector=spec.nodeName%3Dn',
      `${watch}&resourceVersion=100`,
      `${watch}&resourceVersion=101`,
      `${watch}&resourceVersion=101`,
    ]);
  });

  it.each([
    ['in the watch', [{ type: 'ERROR', object: { code: 410 } }] as const],
    ['for the watch', new KubeRefusal(410, 'too old')],
  ])(
    'lists again, and tells what is gone, after a 410 %s',
    async (_case, gone) => {
      const { api } = toApi(
        [
          [toObject('a', 1), toObject('b', 2)],
          [toObject('b', 2), toObject('c', 150)],
        ],
        [gone],
      );
      const { told, followed, stop } = follow(api);
      await eventually(
        () => told,
        all => all.includes('c@150'),
      );
      stop.abort();
      expect(told).toEqual(['a@1', 'b@2', '-a', 'b@2', 'c@150']);
      expect([...followed.all].map(({ metadata }) => metadata.uid)).toEqual([
        'b',
        'c',
      ]);
    },
  );
});
