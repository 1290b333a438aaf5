import { countSteps } from '../text/__testUtils__/count-steps';
import { growthOf } from '../text/__testUtils__/growth-of';
import { assessObjects } from './health/assess-objects';
import { describeObjectDiffs } from './objects/describe-object-diff';
import { diffObjects } from './objects/diff-objects';
import type { KubernetesObject } from '../cluster/kubernetes-object';
import { parseObjects } from './objects/parse-objects';

const few = 400;
const now = new Date('2026-05-04T10:00:00Z');
const list = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const object = (
  kind: string,
  rest: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
): KubernetesObject => ({
  apiVersion: kind === 'Deployment' || kind === 'ReplicaSet' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name: 'a', namespace: 'dev', ...metadata },
  ...rest,
});

const diff = (before: unknown, after: unknown) => () =>
  describeObjectDiffs(
    diffObjects(
      [object('ConfigMap', { spec: before })],
      [object('ConfigMap', { spec: after })],
    ),
  );
const owner = { kind: 'ReplicaSet', name: 'a', controller: true };
const annotations = { 'deployment.kubernetes.io/revision': '1' };
const about = { kind: 'PersistentVolumeClaim', name: 'a', namespace: 'dev' };

/** What somebody may have written, so many times as large as it is. */
const hostile: readonly (readonly [
  string,
  (count: number) => () => unknown,
])[] = [
  ['keys', n => diff({}, Object.fromEntries(list(n, at => [`k${at}`, at])))],
  [
    'variables',
    n =>
      diff(
        { env: list(n, at => ({ name: `A${at}`, value: 'x' })) },
        { env: list(n, at => ({ name: `A${n - at}`, value: 'y' })) },
      ),
  ],
  [
    'variables of one name',
    n =>
      diff(
        { env: list(n, () => ({ name: 'A', value: 'x' })) },
        { env: list(n, () => ({ name: 'A', value: 'y' })) },
      ),
  ],
  [
    'items',
    n =>
      diff(
        list(n, at => at),
        list(n, at => at + 1),
      ),
  ],
  [
    'long text',
    n => diff({ a: 'x'.repeat(n * 10) }, { a: `${'x'.repeat(n * 10)}y` }),
  ],
  [
    'addresses',
    n =>
      diff(
        {},
        { a: 'a://:@ '.repeat(n), b: '://:'.repeat(n), c: '@'.repeat(n) },
      ),
  ],
  ['a long name', n => diff({}, { ['aB-'.repeat(n)]: 'x' })],
  ['a flag', n => diff({}, [`--${'a-'.repeat(n)}=`])],
  [
    'objects',
    n => () =>
      diffObjects(
        list(n, at => object('ConfigMap', { data: at }, { name: `a${at}` })),
        list(n, at =>
          object('ConfigMap', { data: -at }, { name: `a${n - at}` }),
        ),
      ),
  ],
  [
    'objects of one name',
    n => () =>
      diffObjects(
        list(n, () => object('ConfigMap')),
        list(n, at => object('ConfigMap', { data: at })),
      ),
  ],
  [
    'pods',
    n => () =>
      assessObjects(
        [
          object('Deployment', {}, { annotations }),
          object(
            'ReplicaSet',
            {},
            {
              annotations,
              ownerReferences: [{ kind: 'Deployment', name: 'a' }],
            },
          ),
          ...list(n, at =>
            object('Pod', {}, { name: `p${at}`, ownerReferences: [owner] }),
          ),
        ],
        now,
      ),
  ],
  [
    'events',
    n => () =>
      assessObjects(
        [
          object('PersistentVolumeClaim'),
          ...list(n, at =>
            object('Event', { involvedObject: about }, { name: `e${at}` }),
          ),
        ],
        now,
      ),
  ],
  [
    'containers',
    n => () =>
      assessObjects(
        [
          object('Pod', {
            status: {
              phase: 'Pending',
              containerStatuses: list(n, at => ({
                name: `c${at}`,
                state: {
                  waiting: { reason: 'ErrImagePull', message: 'x'.repeat(9) },
                },
              })),
            },
          }),
        ],
        now,
      ),
  ],
  [
    'conditions',
    n => () =>
      assessObjects(
        [
          object('Thing', {
            status: {
              conditions: list(n, at => ({
                type: `T${at}`,
                status: 'True',
                message: '\n '.repeat(9),
              })),
            },
          }),
        ],
        now,
      ),
  ],
  [
    'a long message',
    n => () =>
      assessObjects(
        [
          object('Pod', {
            status: { phase: 'Failed', message: 'not found \n'.repeat(n) },
          }),
        ],
        now,
      ),
  ],
  [
    'lists of JSON',
    n => () =>
      parseObjects(
        JSON.stringify(
          list(n, () => ({
            apiVersion: 'v1',
            kind: 'List',
            items: [object('Pod')],
          })),
        ),
        'a.json',
      ),
  ],
];

describe('what others wrote', () => {
  it.each(hostile)('is read in time linear in its length: %s', (_, make) => {
    const steps = (count: number) => {
      const run = make(count);
      return countSteps('/src/deploy/', run);
    };
    // A logarithm for what is sorted, and what is done whatever the length.
    const beside = 10_000 / 2.4;
    expect(
      growthOf(
        () => steps(few) + beside,
        () => steps(2 * few),
      ),
    ).toBeLessThan(2.4);
  });

  it('is read in time linear in its length: thousands of owners of one name', () => {
    const steps = (count: number) =>
      countSteps('/src/deploy/', () =>
        assessObjects(
          list(count, () => [
            object('Deployment', {}, { annotations }),
            object(
              'ReplicaSet',
              {},
              {
                annotations,
                ownerReferences: [{ kind: 'Deployment', name: 'a' }],
              },
            ),
          ]).flat(),
          now,
        ),
      );
    // Of each owner a bounded number is looked at.
    expect(
      growthOf(
        () => steps(800),
        () => steps(1_600),
      ),
    ).toBeLessThan(2.4);
  });
});
