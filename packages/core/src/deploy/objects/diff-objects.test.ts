import { objectDiffSchema } from 'backstage-plugin-dojo-common';
import { diffObjects } from './diff-objects';
import type { KubernetesObject } from '../../cluster/kubernetes-object';

const object = (
  kind: string,
  rest: Record<string, unknown> = {},
  name = 'ledger',
): KubernetesObject => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name, namespace: 'ledger-dev' },
  ...rest,
});
const withContainer = (
  container: Record<string, unknown>,
  pod: Record<string, unknown> = {},
) =>
  object('Deployment', {
    spec: {
      template: {
        spec: { containers: [{ name: 'ledger', ...container }], ...pod },
      },
    },
  });
const diff = (before: KubernetesObject, after: KubernetesObject) => {
  const found = diffObjects([before], [after]);
  found.forEach(one => objectDiffSchema.strict().parse(one));
  return found.flatMap(({ fields }) =>
    fields.map(
      ({ path, before: one, after: other }) =>
        `${path}: ${one ?? '-'} => ${other ?? '-'}`,
    ),
  );
};
const pod = '.spec.template.spec';
const ledger = `${pod}.containers[name="ledger"]`;

describe('diffObjects', () => {
  it('finds nothing between equal sets, whatever their order and that of their keys', () => {
    const one = object('ConfigMap', { data: { a: '1', b: '2' } });
    const other = object('ConfigMap', { data: { b: '2', a: '1' } });
    const service = object('Service', { spec: {} });
    expect(diffObjects([one, service], [service, other])).toEqual([]);
  });

  it('tells what is new with its fields, what goes without, and what changes', () => {
    const kept = object('Service', { spec: { type: 'ClusterIP' } });
    expect(
      diffObjects(
        [kept, object('ConfigMap', { data: { a: 'x' } }, 'old')],
        [
          object('ConfigMap', { data: { a: 'x' } }, 'new'),
          { ...kept, spec: { type: 'NodePort' } },
        ],
      ),
    ).toEqual([
      {
        object: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'new',
          namespace: 'ledger-dev',
        },
        change: 'created',
        fields: [{ path: '.data.a', after: 'x' }],
        omitted: 0,
      },
      {
        object: {
          apiVersion: 'v1',
          kind: 'Service',
          name: 'ledger',
          namespace: 'ledger-dev',
        },
        change: 'changed',
        fields: [
          { path: '.spec.type', before: 'ClusterIP', after: 'NodePort' },
        ],
        omitted: 0,
      },
      {
        object: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'old',
          namespace: 'ledger-dev',
        },
        change: 'removed',
        fields: [],
        omitted: 0,
      },
    ]);
  });

  it('takes an object of another version of its group for the same one', () => {
    const one = object('Ingress');
    expect(
      diff(
        { ...one, apiVersion: 'networking.k8s.io/v1beta1' },
        { ...one, apiVersion: 'networking.k8s.io/v1' },
      ),
    ).toEqual([
      '.apiVersion: networking.k8s.io/v1beta1 => networking.k8s.io/v1',
    ]);
    expect(
      diffObjects(
        [{ ...one, apiVersion: 'extensions/v1' }],
        [{ ...one, apiVersion: 'networking.k8s.io/v1' }],
      ).map(({ change }) => change),
    ).toEqual(['created', 'removed']);
  });

  it.each(['name', 'namespace'])('compares by %s', field => {
    const one = object('Service');
    const other = { ...one, metadata: { ...one.metadata, [field]: 'other' } };
    expect(diffObjects([one], [other])).toHaveLength(2);
  });

  it("leaves out what is the API server's own", () => {
    const one = object('Service', { spec: { a: 1 } });
    expect(
      diff(one, {
        ...one,
        metadata: {
          ...one.metadata,
          uid: 'u',
          generation: 3,
          resourceVersion: '9',
          creationTimestamp: 'now',
          managedFields: [{}],
        },
        status: { loadBalancer: {} },
      }),
    ).toEqual([]);
  });

  describe('when lists differ', () => {
    it.each([
      [{ image: 'a:1' }, { image: 'a:2' }, [`${ledger}.image: a:1 => a:2`]],
      [
        { ports: [{ containerPort: 8000 }] },
        {
          ports: [
            { containerPort: 9000 },
            { containerPort: 8000, protocol: 'TCP' },
          ],
        },
        [
          `${ledger}.ports[containerPort=9000,protocol="TCP"].containerPort: - => 9000`,
          `${ledger}.ports[containerPort=8000,protocol="TCP"].protocol: - => TCP`,
        ],
      ],
      [
        {
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        },
        { env: [{ name: 'B', value: '3' }] },
        [
          `${ledger}.env[name="B"].value: "2" => "3"`,
          `${ledger}.env[name="A"].value: "1" => -`,
        ],
      ],
      [
        {
          env: [
            { name: 'A', value: 'x' },
            { name: 'B', value: '$(A)' },
          ],
        },
        {
          env: [
            { name: 'B', value: '$(A)' },
            { name: 'A', value: 'x' },
          ],
        },
        [`${ledger}.env: "order: A, B" => "order: B, A"`],
      ],
      [
        { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
        {
          volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }],
        },
        [`${ledger}.volumeMounts[mountPath="/data"].readOnly: - => true`],
      ],
      [
        { args: ['serve', '--fast'] },
        { args: ['serve', '--slow', '-v'] },
        [
          `${ledger}.args[1]: "--fast" => "--slow"`,
          `${ledger}.args[2]: - => "-v"`,
        ],
      ],
      [
        {
          env: [
            { name: 'A', value: 'x' },
            { name: 'A', value: 'y' },
          ],
        },
        { env: [{ name: 'A', value: 'x' }] },
        [`${ledger}.env[1].name: A => -`, `${ledger}.env[1].value: "y" => -`],
      ],
      [{ env: [{ name: 'A' }] }, {}, [`${ledger}.env[name="A"].name: A => -`]],
      [{ env: [] }, {}, [`${ledger}.env: [] => -`]],
      [{ securityContext: {} }, {}, [`${ledger}.securityContext: {} => -`]],
      [
        { args: { 0: 'x' } },
        { args: ['y'] },
        [`${ledger}.args["0"]: x => -`, `${ledger}.args[0]: - => "y"`],
      ],
      [
        { args: ['x'] },
        { args: 'x' },
        [`${ledger}.args[0]: x => -`, `${ledger}.args: - => x`],
      ],
    ])('%j to %j', (one, other, lines) => {
      expect(diff(withContainer(one), withContainer(other))).toEqual(lines);
    });

    it('compares the ports of a Service by their number', () => {
      const ports = (...list: unknown[]) =>
        object('Service', { spec: { ports: list } });
      expect(
        diff(
          ports({ port: 80, targetPort: 8000 }, { port: 81 }),
          ports({ port: 81 }, { port: 80, targetPort: 8001 }),
        ),
      ).toEqual([
        '.spec.ports: "order: 80/TCP, 81/TCP" => "order: 81/TCP, 80/TCP"',
        '.spec.ports[port=80,protocol="TCP"].targetPort: 8000 => 8001',
      ]);
    });

    it('compares volumes by name', () => {
      expect(
        diff(
          withContainer({}, { volumes: [{ name: 'tmp', emptyDir: {} }] }),
          withContainer(
            {},
            {
              volumes: [
                {
                  name: 'data',
                  persistentVolumeClaim: { claimName: 'dojo-data' },
                },
                { name: 'tmp', emptyDir: {} },
              ],
            },
          ),
        ),
      ).toEqual([
        `${pod}.volumes[name="data"].persistentVolumeClaim.claimName: - => dojo-data`,
      ]);
    });
  });

  describe('when keys and values are unusual', () => {
    const data = (value: Record<string, unknown>) =>
      object('ConfigMap', { data: value });

    it.each([
      [{ 'a.b/c': 'x' }, '.data["a.b/c"]: - => x'],
      [{ 'a"]["b': 'x' }, '.data["a\\"][\\"b"]: - => x'],
      [{ 0: 'x' }, '.data["0"]: - => x'],
      [{ '': 'x' }, '.data[""]: - => x'],
      [{ 'a\u202eb\n': 'x' }, '.data["a\\u202eb\\n"]: - => x'],
      [{ __proto: 'x' }, '.data.__proto: - => x'],
      [{ constructor: 'x' }, '.data.constructor: - => x'],
      [{ a: '1' }, '.data.a: - => "1"'],
      [{ a: 1 }, '.data.a: - => 1'],
      [{ a: 'true' }, '.data.a: - => "true"'],
      [{ a: true }, '.data.a: - => true'],
      [{ a: null }, '.data.a: - => null'],
      [{ a: 'null' }, '.data.a: - => "null"'],
      [{ a: '' }, '.data.a: - => ""'],
      [{ a: '{}' }, '.data.a: - => "{}"'],
      [{ a: '(hidden)' }, '.data.a: - => "(hidden)"'],
      [{ a: ' x' }, '.data.a: - => " x"'],
      [{ a: 'x: y' }, '.data.a: - => "x: y"'],
      [{ a: 'x\ny' }, '.data.a: - => "x\\ny"'],
      [{ a: '\u001b[31m' }, '.data.a: - => "\\u001b[31m"'],
      [{ a: 'x\u202ey' }, '.data.a: - => "x\\u202ey"'],
    ])('%j', (value, line) => {
      expect(diff(data({ z: '' }), data({ z: '', ...value }))).toEqual([line]);
    });

    it('shows of long text what is around the first difference', () => {
      const [line] = diff(
        data({ a: `${'x'.repeat(5000)}one${'y'.repeat(5000)}` }),
        data({ a: `${'x'.repeat(5000)}two${'y'.repeat(5000)}` }),
      );
      expect(line).toMatch(
        /^\.data\.a: …"x{40}oney{257}"… \(10003 characters\) => …"x{40}twoy{257}"… \(10003 characters\)$/,
      );
    });

    it('cuts no character in two', () => {
      const [line] = diff(data({}), data({ a: '😀'.repeat(1000) }));
      expect(line).toContain(`"${'😀'.repeat(150)}"…`);
      const [odd] = diff(data({}), data({ a: `x${'😀'.repeat(1000)}` }));
      expect(odd).toContain(`"x${'😀'.repeat(149)}"…`);
    });
  });

  describe('when there is more than is shown', () => {
    const big = (count: number) =>
      object('ConfigMap', {
        data: Object.fromEntries(
          Array.from({ length: count }, (_, at) => [`k${at}`, 'x']),
        ),
      });

    it('counts what is left out of an object', () => {
      const [{ fields, omitted }] = diffObjects([], [big(250)]);
      expect([fields.length, omitted]).toEqual([200, 50]);
    });

    it('counts what is left out of all', () => {
      const found = diffObjects([], [big(5), { ...big(5), kind: 'Other' }], {
        maxAllFields: 7,
      });
      expect(
        found.map(({ fields, omitted }) => [fields.length, omitted]),
      ).toEqual([
        [5, 0],
        [2, 3],
      ]);
    });

    it('tells of what is nested too deeply that it differs', () => {
      const deep = (leaf: string) =>
        Array.from({ length: 80 }).reduce<unknown>(value => [value], leaf);
      const [line, ...more] = diff(
        object('ConfigMap', { data: deep('a') }),
        object('ConfigMap', { data: deep('b') }),
      );
      expect(more).toEqual([]);
      expect(line).toMatch(/: \(hidden\) => \(hidden\) \(changed\)$/);
    });
  });
});
