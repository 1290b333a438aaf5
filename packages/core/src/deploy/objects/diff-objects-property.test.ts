import fc from 'fast-check';
import { describeObjectDiffs } from './describe-object-diff';
import { diffFields } from './diff-fields';
import { diffObjects } from './diff-objects';
import { fieldPath, indexPath } from './field-path';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isList, isMap } from './plain-value';

const seed = 20261129;

const key = fc.constantFrom('a', 'b', 'spec', 'a.b', '0', 'x"]', 'items', '');
const scalar = fc.oneof(
  fc.constantFrom<unknown>(0, 1, '', '1', 'x', 'y', true, null),
  fc.string({ maxLength: 3 }),
);
const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));
const object = fc.record({ spec: tree, data: tree }, { requiredKeys: [] }).map(
  (body): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: 'ledger' },
    ...body,
  }),
);

/** Every scalar, and every empty mapping and list, by its path. */
function leavesOf(value: unknown, path = ''): [string, unknown][] {
  if (isMap(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, child]) =>
      leavesOf(child, fieldPath(path, name)),
    );
  }
  if (isList(value) && value.length > 0) {
    return value.flatMap((child, at) => leavesOf(child, indexPath(path, at)));
  }
  return [[path, value]];
}

const isEmpty = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 0;

describe('diffFields', () => {
  it('finds exactly the leaves that differ', () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const one = new Map(leavesOf(before));
        const other = new Map(leavesOf(after));
        const found = new Map(
          [...diffFields(before, after)].map(difference => [
            difference.path,
            difference,
          ]),
        );
        for (const path of new Set([...one.keys(), ...other.keys()])) {
          const [a, b] = [one.get(path), other.get(path)];
          const isSame =
            a === b || (isEmpty(a) && isEmpty(b) && isList(a) === isList(b));
          const difference = found.get(path);
          found.delete(path);
          // An empty one that gets entries is told by these.
          const fills = [
            [a, other],
            [b, one],
          ].some(
            ([value, leaves]) =>
              isEmpty(value) &&
              [...(leaves as Map<string, unknown>).keys()].some(
                longer =>
                  longer !== path &&
                  longer.startsWith(path) &&
                  /^[.[]/.test(longer.slice(path.length)),
              ),
          );
          if (!isSame && fills) continue;
          expect(difference && [difference.before, difference.after]).toEqual(
            isSame ? undefined : [a, b],
          );
        }
        expect([...found.keys()]).toEqual([]);
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('finds nothing in equal objects, and in reverse the same with its sides exchanged', () => {
    fc.assert(
      fc.property(object, object, (one, other) => {
        expect([...diffFields(one, structuredClone(one))]).toEqual([]);
        const order = (list: readonly (readonly unknown[])[]) =>
          list.map(item => JSON.stringify(item)).sort();
        expect(
          order(
            [...diffFields(other, one)].map(({ path, before, after }) => [
              path,
              after,
              before,
            ]),
          ),
        ).toEqual(
          order(
            [...diffFields(one, other)].map(({ path, before, after }) => [
              path,
              before,
              after,
            ]),
          ),
        );
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('diffObjects', () => {
  it('shows nothing of a secret in any form', () => {
    const secret = fc
      .tuple(
        fc.constantFrom('s3', 'p@ss:', 'ünï/', 'a b&', '"q"\n', '{"x":1}'),
        fc.stringMatching(/^[A-Za-z0-9+/=:@%]{10,24}$/),
      )
      .map(parts => `${parts.join('')}Zz`);
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const build = (value: string, place: number): KubernetesObject[] => {
      const metadata = { name: 'ledger', namespace: 'ledger-dev' };
      const annotations = {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
          kind: 'Secret',
          data: { password: base64(value) },
          stringData: { password: value },
        }),
      };
      const body = [
        { data: { password: base64(value) } },
        { stringData: { 'a.b': value } },
        { data: { nested: { deep: value } } },
        { stringdata: { misspelt: value } },
        { data: value },
        { data: [value] },
        { metadata: { ...metadata, annotations: { note: value } } },
        { metadata: { ...metadata, annotations } },
        { metadata: { ...metadata, finalizers: [value] } },
      ][place % 9];
      return [
        { apiVersion: 'v1', kind: 'Secret', metadata, ...body },
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { ...metadata, annotations },
          spec: {
            containers: [
              {
                name: 'ledger',
                env: [
                  { name: 'DB_PASSWORD', value },
                  { name: 'SIGNING_KEY', value: base64(value) },
                ],
                args: [`--api-token=${value}`],
              },
            ],
            // Under a name that stands twice, entries are compared by number.
            env: [
              { name: 'A', value: 'x' },
              { name: 'A', value: 'y' },
              { name: 'accessToken', value },
            ],
          },
        },
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata,
          data: {
            'client-secret': value,
            url: `postgres://ledger:${encodeURIComponent(value)}@db/ledger`,
          },
        },
        {
          apiVersion: 'v1',
          kind: 'List',
          metadata: { name: 'l' },
          items: [{ kind: 'Secret', data: { x: base64(value) } }],
          template: { kind: 'Secret', stringData: { x: value } },
        },
      ];
    };
    const formsOf = (value: string) => {
      const raw = base64(value);
      return [
        value,
        raw,
        raw.replace(/=+$/, ''),
        encodeURIComponent(value),
        JSON.stringify(value).slice(1, -1),
      ];
    };
    fc.assert(
      fc.property(secret, secret, fc.nat(8), fc.nat(8), (one, other, a, b) => {
        for (const [before, after] of [
          [build(one, a), build(other, b)],
          [[], build(other, b)],
          [build(one, a), []],
          [build(one, a), build(one, b)],
        ]) {
          const diffs = diffObjects(before, after);
          const texts = [JSON.stringify(diffs), describeObjectDiffs(diffs)];
          for (const form of [...formsOf(one), ...formsOf(other)]) {
            for (const text of texts) expect(text).not.toContain(form);
          }
        }
        expect(
          diffObjects(build(one, a), build(other, a)).map(
            ({ object: { kind } }) => kind,
          ),
        ).toEqual(
          one === other ? [] : ['Secret', 'Deployment', 'ConfigMap', 'List'],
        );
      }),
      { seed, numRuns: 200 },
    );
  });
});
