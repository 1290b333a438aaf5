import fc from 'fast-check';
import type { ObjectChange } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import {
  at,
  crashed,
  deployment,
  event,
  pod,
  refused,
  replicaSet,
  start,
  waits,
} from './__testUtils__/ledger-objects';
import { judgeObject } from './judge-object';
import { keyOf, RolloutObjects } from './rollout-objects';

const seed = 20261130;
const now = new Date(start.getTime() + 20_000);

/** Each at several times; the last is how it stays. */
const histories: readonly (readonly KubernetesObject[])[] = [
  [
    deployment('v2', { observed: 1, known: 'v1' }),
    deployment('v2', { known: 'v1' }),
    deployment('v2', { conditions: [refused('etcd is slow')] }),
    deployment('v2'),
    deployment('v2', { ready: 1 }),
  ],
  [replicaSet('v1'), replicaSet('v1', { replicas: 0 })],
  [
    replicaSet('v2'),
    replicaSet('v2', {
      conditions: [refused('exceeded quota: a, requested: b')],
    }),
    replicaSet('v2', { replicas: 1 }),
  ],
  [pod('v1', crashed(4)), pod('v1', crashed(5))],
  [
    pod('v2', waits('ContainerCreating')),
    pod('v2', waits('ErrImagePull', 'i/o timeout')),
    pod('v2', waits('ImagePullBackOff', 'Back-off pulling')),
    pod('v2', crashed(3)),
  ],
  [event(pod('v2', {}), 'Failed', 'Failed to pull image "x": not found', 3)],
  [event(replicaSet('v2'), 'FailedCreate', 'violates PodSecurity', 2)],
  [event(pod('v2', {}), 'FailedMount', 'configmap "a" not found', 4)],
];

const versioned = (object: KubernetesObject, version: number) => ({
  ...object,
  metadata: { ...object.metadata, resourceVersion: `${version}` },
});

/** Some of each history, and perhaps its removal at the end. */
const told = fc
  .tuple(
    ...histories.map(history =>
      fc.record({
        length: fc.integer({ min: 0, max: history.length }),
        isRemoved: fc.boolean(),
      }),
    ),
  )
  .map(chosen =>
    chosen.map(({ length, isRemoved }, which): readonly ObjectChange[] => {
      const seen = histories[which]
        .slice(0, length)
        .map((object, version) => versioned(object, version + 1));
      return [
        ...seen.map(object => ({ kind: 'changed' as const, object })),
        ...(isRemoved && seen.length > 0
          ? [{ kind: 'removed' as const, object: seen.at(-1)! }]
          : []),
      ];
    }),
  );

/** What is judged of the Deployment by all that was told. */
function judgementOf(changes: readonly ObjectChange[]) {
  const objects = new RolloutObjects();
  for (const change of changes) objects.apply('', change);
  const applied = deployment('v2');
  return judgeObject(applied, objects.get(keyOf(applied)), {
    isFollowed: true,
    context: objects.context(now),
    readLog: () => [],
  });
}

describe('RolloutObjects', () => {
  it('knows the same, in whatever order changes of several objects come, and how often', () => {
    fc.assert(
      fc.property(
        told,
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.boolean()),
        (lines, picks, again) => {
          const left = lines.map(line => [...line]);
          const mixed: ObjectChange[] = [];
          for (;;) {
            const open = left.filter(line => line.length > 0);
            if (open.length === 0) break;
            const line = open[picks.next().value % open.length];
            const change = line.shift()!;
            mixed.push(change);
            // After a cut connection, one may come again, and an older one too.
            const isLast = line.length === 0;
            if (change.kind === 'changed' && again.next().value) {
              mixed.push(change);
              const older = mixed.find(
                other =>
                  other.kind === 'changed' &&
                  keyOf(other.object) === keyOf(change.object),
              );
              if (older && !isLast) mixed.push(older);
            }
          }
          expect(judgementOf(mixed)).toEqual(judgementOf(lines.flat()));
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('knows the same by a snapshot as by changes', () => {
    fc.assert(
      fc.property(told, lines => {
        const objects = new RolloutObjects();
        for (const change of lines.flat()) objects.apply('', change);
        const stay = lines.flatMap(line => {
          const last = line.at(-1);
          return last?.kind === 'changed' ? [last.object] : [];
        });
        const other = new RolloutObjects();
        // What went while nobody looked.
        for (const history of histories) {
          other.apply('', { kind: 'changed', object: history[0] });
        }
        for (const kind of ['Deployment', 'ReplicaSet', 'Pod', 'Event']) {
          other.apply(kind, {
            kind: 'snapshot',
            objects: stay.filter(object => object.kind === kind),
          });
        }
        const applied = deployment('v2');
        const judge = (of: RolloutObjects) =>
          judgeObject(applied, of.get(keyOf(applied)), {
            isFollowed: true,
            context: of.context(now),
            readLog: () => [],
          });
        expect(judge(other)).toEqual(judge(objects));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('touches an object and its owners, and the object that an event is about', () => {
    const objects = new RolloutObjects();
    const all = [deployment('v2'), replicaSet('v2'), pod('v2', {})];
    for (const object of all) objects.apply('', { kind: 'changed', object });
    const touched = (object: KubernetesObject) =>
      [...objects.apply('', { kind: 'changed', object })].sort();
    const keys = all.map(keyOf).sort();
    expect(touched(pod('v2', crashed(1)))).toEqual(keys);
    expect(touched(event(pod('v2', {}), 'Unhealthy', ''))).toEqual(keys);
    expect(touched(event(pod('v1', {}), 'Unhealthy', ''))).toEqual([]);
    expect(touched(pod('v1', {}))).toHaveLength(1);
  });

  it('tells an event that came at a time later as the newer one', () => {
    const objects = new RolloutObjects();
    const of = pod('v2', {});
    for (const object of [
      event(of, 'B', '', 9),
      event(of, 'C', '', 1),
      event(of, 'A', '', 5),
    ]) {
      objects.apply('', { kind: 'changed', object });
    }
    expect(
      objects
        .context(now)
        .eventsOf(of)
        .map(({ lastTimestamp }) => lastTimestamp),
    ).toEqual([at(1), at(5), at(9)]);
  });
});
