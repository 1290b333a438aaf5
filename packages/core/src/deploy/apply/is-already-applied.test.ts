import fc from 'fast-check';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isEqual } from '../objects/plain-value';
import { fieldsOf, filled, merge } from './__testUtils__/merge-model';
import type { Schema } from './__testUtils__/merge-model';
import { isAlreadyApplied } from './is-already-applied';
import { fieldManager } from './managed-fields';

const seed = 20261129;

const scalar: Schema = { kind: 'scalar' };
const atomic: Schema = { kind: 'atomic' };
const env: Schema = {
  kind: 'list',
  keys: ['name'],
  of: {
    kind: 'struct',
    fields: { name: scalar, value: scalar, fieldRef: atomic },
  },
};
const ports: Schema = {
  kind: 'list',
  keys: ['port', 'protocol'],
  of: {
    kind: 'struct',
    fields: { port: scalar, protocol: scalar, name: scalar, env },
    defaults: { protocol: 'TCP' },
  },
};
const rolling: Schema = {
  kind: 'struct',
  fields: { surge: scalar, unavailable: scalar },
  defaults: { surge: '25%', unavailable: '25%' },
};
const spec: Schema = {
  kind: 'struct',
  fields: {
    replicas: scalar,
    selector: atomic,
    rolling,
    ports,
    env,
    finalizers: { kind: 'set' },
    args: atomic,
    annotations: { kind: 'map', of: scalar },
    limits: { kind: 'map', of: rolling },
  },
  defaults: { replicas: 1 },
};
const schema: Schema = { kind: 'struct', fields: { spec } };

const value = fc.constantFrom<unknown>(0, 1, '1', 'a', true, '25%', 1.5);
const name = fc.constantFrom('a', 'b', 'c.d/e');
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] });
const envs = fc.uniqueArray(
  fc
    .tuple(name, some({ value, fieldRef: some({ path: value }) }))
    .map(([named, rest]) => ({ name: named, ...rest })),
  { maxLength: 3, selector: ({ name: named }) => named },
);
const rollings = some({
  surge: fc.constantFrom('25%', 1),
  unavailable: fc.constantFrom('25%', 0),
});
const fields: Record<string, fc.Arbitrary<unknown>> = {
  replicas: fc.constantFrom(0, 1, 2, '1'),
  selector: fc.dictionary(name, value, { maxKeys: 2 }),
  rolling: rollings,
  ports: fc.uniqueArray(
    fc
      .tuple(
        fc.constantFrom(80, 443),
        some({
          protocol: fc.constantFrom('TCP', 'UDP'),
          name: value,
          env: envs,
        }),
      )
      .map(([port, rest]) => ({ port, ...rest })),
    {
      maxLength: 3,
      selector: (port: { port: number; protocol?: unknown }) =>
        `${port.port} ${port.protocol ?? 'TCP'}`,
    },
  ),
  env: envs,
  finalizers: fc.uniqueArray(name, { maxLength: 3 }),
  args: fc.array(value, { maxLength: 3 }),
  annotations: fc.dictionary(name, value, { maxKeys: 3 }),
  limits: fc.dictionary(name, rollings, { maxKeys: 2 }),
};
const specs = some(fields);
const withNulls = some(
  Object.fromEntries(
    Object.entries(fields).map(([key, each]) => [
      key,
      fc.oneof({ weight: 60, arbitrary: each }, fc.constant(null)),
    ]),
  ),
);
/** Which fields are of the second of two; seldom one is. */
const picks = fc.array(fc.constantFrom(...Object.keys(fields)), {
  maxLength: 2,
});

function blend(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
  picked: readonly string[],
) {
  const mixed = { ...one };
  for (const key of picked) {
    if (Object.hasOwn(other, key)) mixed[key] = other[key];
    else delete mixed[key];
  }
  return mixed;
}

const objectOf = (
  body: unknown,
  metadata: Record<string, unknown> = {},
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ledger', namespace: 'ledger-dev', ...metadata },
  spec: body,
});

const entry = (
  fieldsV1: unknown,
  { manager = fieldManager, operation = 'Apply', apiVersion = 'apps/v1' } = {},
) => ({ manager, operation, apiVersion, fieldsType: 'FieldsV1', fieldsV1 });

/** As it lives after this program applied one thing, whatever it holds now. */
const liveOf = (body: unknown, applied: unknown, others: unknown[] = []) =>
  objectOf(body, {
    managedFields: [
      entry(fieldsOf(schema, { spec: applied }) ?? {}),
      ...others.map(other =>
        entry(fieldsOf(schema, { spec: other }) ?? {}, {
          manager: 'hotfix',
          operation: 'Update',
        }),
      ),
    ],
  });

describe('isAlreadyApplied', () => {
  it('is never said where the API server would change a value or an owner', () => {
    let proven = 0;
    fc.assert(
      fc.property(
        withNulls,
        withNulls,
        specs,
        picks,
        picks,
        picks,
        (base, other, extra, before, now, since) => {
          const applied = blend(base, other, before);
          const wanted = blend(base, other, now);
          const made = merge(spec, filled(spec, {}), applied);
          const body = filled(
            spec,
            blend(made as Record<string, unknown>, extra, since),
          );
          const live = liveOf(body, applied, [body]);
          if (!isAlreadyApplied(objectOf(wanted), live)) return;
          proven += 1;
          expect(merge(spec, body, wanted)).toEqual(body);
          expect(fieldsOf(spec, wanted)).toEqual(fieldsOf(spec, applied));
        },
      ),
      { seed, numRuns: 8_000 },
    );
    // The property says something.
    expect(proven).toBeGreaterThan(150);
  });

  it('is said of what was just applied, where nothing in it is null or an empty list', () => {
    const isEmpty = (given: unknown): boolean =>
      given === null ||
      (Array.isArray(given) && given.length === 0) ||
      (typeof given === 'object' && Object.values(given!).some(isEmpty));
    const isPlain = (body: Record<string, unknown>) =>
      Object.keys(body).length > 0 &&
      !Object.entries(body).some(
        ([key, held]) => !['args'].includes(key) && isEmpty(held),
      );
    // What a dictionary owns as such beside its fields is not to be proven.
    const plain = specs
      .map(({ limits: _, rolling: __, ...body }) => body)
      .filter(isPlain);
    fc.assert(
      fc.property(plain, applied => {
        const body = filled(spec, applied);
        expect(isAlreadyApplied(objectOf(applied), liveOf(body, applied))).toBe(
          true,
        );
      }),
      { seed, numRuns: 2_000 },
    );
  });

  const applied = {
    replicas: 1,
    env: [{ name: 'a', value: '1' }],
    annotations: { a: '1' },
  };
  const live = liveOf(applied, applied);
  const edited = (change: (live: Record<string, unknown>) => void) => {
    const copy = structuredClone(live) as unknown as Record<string, unknown>;
    change(copy);
    return copy as unknown as KubernetesObject;
  };
  const ownOf = (one: Record<string, unknown>) =>
    (one as unknown as { metadata: { managedFields: object[] } }).metadata
      .managedFields;

  it.each<[string, KubernetesObject, KubernetesObject]>([
    ['another value', objectOf({ ...applied, replicas: 2 }), live],
    ['a number for a text', objectOf({ ...applied, replicas: '1' }), live],
    ['one field less', objectOf({ replicas: 1, env: applied.env }), live],
    ['one field more', objectOf({ ...applied, args: ['a'] }), live],
    [
      'a number that JavaScript does not tell from the next',
      objectOf({ ...applied, replicas: 2 ** 53 + 2 }),
      liveOf(
        { ...applied, replicas: 2 ** 53 + 2 },
        { ...applied, replicas: 2 ** 53 + 2 },
      ),
    ],
    [
      'an object that is being deleted',
      objectOf(applied),
      edited(one => {
        Object.assign(one.metadata as object, {
          deletionTimestamp: '2026-11-29T10:00:00Z',
        });
      }),
    ],
    [
      'another version of the kind',
      { ...objectOf(applied), apiVersion: 'apps/v1beta1' },
      live,
    ],
    [
      'an entry of another version',
      objectOf(applied),
      edited(one =>
        Object.assign(ownOf(one)[0], { apiVersion: 'apps/v1beta1' }),
      ),
    ],
    [
      'an owner that is nobody any more',
      objectOf(applied),
      edited(one => ownOf(one).pop()),
    ],
    [
      'what client-side apply left',
      objectOf(applied),
      edited(one =>
        ownOf(one).push(
          entry(
            {},
            { manager: 'kubectl-client-side-apply', operation: 'Update' },
          ),
        ),
      ),
    ],
    [
      'a kind whose schema may be another one tomorrow',
      { ...objectOf(applied), apiVersion: 'example.test/v1' },
      edited(one => {
        one.apiVersion = 'example.test/v1';
        Object.assign(ownOf(one)[0], { apiVersion: 'example.test/v1' });
      }),
    ],
    [
      'a map that was empty when it was applied',
      objectOf({ rolling: { surge: '25%', unavailable: '25%' } }),
      liveOf(
        { rolling: { surge: '25%', unavailable: '25%' } },
        { rolling: {} },
      ),
    ],
  ])('leaves %s to a dry run', (_, wanted, lives) => {
    expect(isAlreadyApplied(objectOf(applied), live)).toBe(true);
    expect(isAlreadyApplied(wanted, lives)).toBe(false);
  });

  it('is said in time that grows with the list, and not at all of a long one', () => {
    const many = {
      env: Array.from({ length: 5_000 }, (_, at) => ({ name: `n${at}` })),
    };
    expect(isAlreadyApplied(objectOf(many), liveOf(many, many))).toBe(false);
  });

  it('does not mind what others own beside', () => {
    const body = { ...applied, annotations: { a: '1', b: '2' } };
    const beside = liveOf(body, applied, [{ annotations: { b: '2' } }]);
    expect(isAlreadyApplied(objectOf(applied), beside)).toBe(true);
    expect(isEqual(merge(spec, body, applied), body)).toBe(true);
  });
});
