import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { deployment, digest, imageOf } from './__testUtils__/live-world';
import { readDrift } from './read-drift';

const applied = '2026-11-29T12:00:00Z';
const changed = '2026-11-29T13:57:00Z';
const image = {
  'f:template': {
    'f:spec': {
      'f:containers': {
        'k:{"name":"ledger"}': { '.': {}, 'f:name': {}, 'f:image': {} },
      },
    },
  },
};
const environment = {
  'f:template': {
    'f:spec': {
      'f:containers': {
        'k:{"name":"ledger"}': {
          'f:env': { 'k:{"name":"TIME_ZONE"}': { 'f:value': {} } },
        },
      },
    },
  },
};
const both = {
  'f:template': {
    'f:spec': {
      'f:containers': {
        'k:{"name":"ledger"}': {
          'f:image': {},
          'f:env': { 'k:{"name":"TIME_ZONE"}': { 'f:value': {} } },
        },
      },
    },
  },
};
const replicas = { 'f:replicas': {} };

const entry = (
  manager: string,
  operation: string,
  time: string,
  spec: object,
  subresource?: string,
) => ({
  manager,
  operation,
  time,
  apiVersion: 'apps/v1',
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:spec': spec },
  ...(subresource !== undefined && { subresource }),
});
const own = (...specs: object[]) =>
  entry('dojo-portal', 'Apply', applied, Object.assign({}, ...specs));
const status = entry(
  'kube-controller-manager',
  'Update',
  changed,
  replicas,
  'status',
);
const asApplied = deployment({
  managedFields: [own(replicas, both), status],
});
const baseline = () => readDrift(asApplied).baseline!;
const drift = (object: KubernetesObject) =>
  readDrift(object, { baseline: baseline() }).drift;

describe('readDrift', () => {
  it('finds none right after it was applied', () => {
    expect(readDrift(asApplied).drift).toEqual({ kind: 'none' });
    expect(drift(asApplied)).toEqual({ kind: 'none' });
  });

  const byHand = deployment({
    replicas: 2,
    image: 'ghcr.io/acme/ledger:test',
    managedFields: [
      own(environment),
      entry('kubectl', 'Update', changed, replicas, 'scale'),
      entry('kubectl-set', 'Update', changed, image),
      status,
    ],
  });
  const replicasField = {
    object: 'Deployment/ledger',
    field: 'replicas',
    wanted: '1',
    live: '2',
    manager: 'kubectl',
    at: '2026-11-29T13:57:00.000Z',
  };
  const imageField = {
    object: 'Deployment/ledger',
    field: 'image',
    wanted: digest('a'),
    live: ':test',
    manager: 'kubectl',
    at: '2026-11-29T13:57:00.000Z',
  };

  it('tells what somebody changed, both values, by whom and when', () => {
    expect(drift(byHand)).toEqual({
      kind: 'drifted',
      fields: [replicasField, imageField],
      omitted: 0,
    });
  });

  it('tells of replicas and image without having seen them applied, the digest from git', () => {
    expect(readDrift(byHand, { digest: digest('a') }).drift).toEqual({
      kind: 'drifted',
      fields: [replicasField, imageField],
      omitted: 0,
    });
  });

  it('forgets it once it is applied again', () => {
    const { baseline: now } = readDrift(byHand, { baseline: baseline() });
    const again = entry('dojo-portal', 'Apply', '2026-11-29T14:10:00Z', {
      ...replicas,
      ...both,
    });
    const object = deployment({ managedFields: [again] });
    expect(readDrift(object, { baseline: now }).drift).toEqual({
      kind: 'none',
    });
  });

  it('shows no value of an environment variable', () => {
    const object = deployment({
      managedFields: [
        own(replicas, image),
        entry('kubectl-edit', 'Update', changed, environment),
      ],
    });
    const text = JSON.stringify(object).replace('Europe/Rome', 'Rome');
    const found = drift(JSON.parse(text));
    expect(found).toMatchObject({
      kind: 'drifted',
      fields: [{ wanted: '(hidden)', live: '(hidden)', manager: 'kubectl' }],
    });
    expect(JSON.stringify(found)).not.toContain('Rome');
  });

  const scaled = (...more: object[]) =>
    deployment({
      replicas: 3,
      managedFields: [
        own(environment),
        entry('kube-controller-manager', 'Update', changed, replicas, 'scale'),
        ...more,
      ],
    });
  const leftAlone = [
    {
      field: 'replicas',
      owner: 'autoscaler',
      sentence: 'replicas belongs to the autoscaler; it is left alone.',
    },
  ];

  it('leaves the replicas of an autoscaler alone, and says so', () => {
    for (const known of [{}, { baseline: baseline() }]) {
      expect(readDrift(scaled(), known).drift).toMatchObject({ leftAlone });
    }
    expect(readDrift(scaled()).drift).toEqual({ kind: 'none', leftAlone });
    const set = entry('kubectl-set', 'Update', changed, image);
    expect(readDrift(scaled(set), { digest: digest('b') }).drift).toEqual({
      kind: 'drifted',
      fields: [expect.objectContaining({ field: 'image' })],
      omitted: 0,
      leftAlone,
    });
  });

  it.each([
    [
      'replicas that this program holds at 0 for a migration',
      deployment({
        replicas: 0,
        managedFields: [
          own(image),
          entry('dojo-portal', 'Apply', changed, replicas, 'scale'),
        ],
      }),
    ],
    [
      'what defaults, admission and controllers add',
      deployment({
        managedFields: [
          own(replicas, image),
          entry('linkerd', 'Update', changed, {
            'f:template': { 'f:metadata': { 'f:annotations': { 'f:x': {} } } },
          }),
          status,
        ],
      }),
    ],
  ])('leaves %s alone', (_, object) => {
    expect(readDrift(object, { digest: digest('a') }).drift).toEqual({
      kind: 'none',
    });
    const withEnvironment = baseline();
    const { values, time } = withEnvironment;
    const kept = Object.fromEntries(
      Object.entries(values).filter(([field]) => !field.includes('env')),
    );
    expect(
      readDrift(object, { baseline: { time, values: kept } }).drift,
    ).toEqual({ kind: 'none' });
  });

  it('tells of a stop that nobody owns', () => {
    const stopped = deployment({
      replicas: 0,
      managedFields: [own(both)],
    });
    expect(drift(stopped)).toMatchObject({
      fields: [
        { field: 'replicas', wanted: '1', live: '0', manager: 'somebody' },
      ],
    });
  });

  it('reads what client-side apply left, and knows nothing where nothing applied', () => {
    const whole = deployment({ replicas: 2 });
    expect(readDrift(whole).drift).toEqual({ kind: 'unapplied' });
    const last = JSON.stringify(deployment({ image: imageOf('a') }));
    const left = {
      ...whole,
      metadata: {
        ...whole.metadata,
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': last,
        },
      },
    };
    expect(readDrift(left).drift).toMatchObject({
      kind: 'drifted',
      fields: [{ field: 'replicas', wanted: '1', live: '2' }],
    });
  });
});
