import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { applySetId, readRecord, toRecord } from './apply-set';
import {
  autoscaledNames,
  stoppedReplicas,
  toWanted,
  withoutScaledReplicas,
} from './wanted-object';

const set = { component: 'ledger', namespace: 'ledger-dev' };

const deployment = (
  replicas: number | undefined,
  owners: readonly (readonly [
    manager: string,
    operation: string,
    sub?: string,
  ])[] = [],
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'ledger',
    managedFields: owners.map(([manager, operation, subresource]) => ({
      manager,
      operation,
      ...(subresource && { subresource }),
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    })),
  },
  spec: replicas === undefined ? {} : { replicas },
});
const ours = ['dojo-portal', 'Apply'] as const;
const autoscaler = ['kube-controller-manager', 'Update', 'scale'] as const;

describe('toWanted', () => {
  it('labels the object itself, and leaves out what is the server’s own', () => {
    const wanted = toWanted(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'ledger', uid: 'x', creationTimestamp: null },
        spec: { template: { metadata: {} } },
        status: {},
      },
      set,
    );
    expect(wanted).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'ledger',
        namespace: 'ledger-dev',
        labels: { 'applyset.kubernetes.io/part-of': applySetId(set) },
      },
      spec: { template: { metadata: {} } },
    });
  });
});

describe('withoutScaledReplicas', () => {
  const named = autoscaledNames([
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'ledger' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'ledger' } },
    },
  ]);
  const none: ReadonlySet<string> = new Set();

  it.each([
    ['nobody scales it', none, deployment(3, [ours]), 1],
    ['an autoscaler is new with it', named, undefined, undefined],
    ['an autoscaler scaled it', named, deployment(3, [autoscaler]), undefined],
    [
      'one that is not in the overlay did',
      none,
      deployment(3, [autoscaler]),
      undefined,
    ],
    ['the autoscaler did not act yet', named, deployment(3, [ours]), 3],
  ])('where %s', (_, autoscaled, live, replicas) => {
    const { spec } = withoutScaledReplicas(deployment(1), live, autoscaled);
    expect(spec).toEqual(replicas === undefined ? {} : { replicas });
  });
});

describe('stoppedReplicas', () => {
  it.each([
    ['somebody scaled to 0', deployment(1), deployment(0), 1],
    [
      'the overlay had 0 before',
      deployment(1),
      deployment(0, [ours]),
      undefined,
    ],
    ['it runs', deployment(1), deployment(1), undefined],
    ['the overlay wants 0', deployment(0), deployment(0), undefined],
    [
      'the overlay says nothing',
      deployment(undefined),
      deployment(0),
      undefined,
    ],
    ['it is new', deployment(1), undefined, undefined],
  ])('where %s', (_, wanted, live, expected) => {
    expect(stoppedReplicas(wanted, live)).toBe(expected);
  });
});

describe('the record of a set', () => {
  it('has the id that kubectl computes', () => {
    // printf 'dojo-ledger.ledger-dev.ConfigMap.' | sha256, base64url
    expect(applySetId(set)).toBe(
      'applyset-U2MBMWn37fKVAIXL8u9aVdc9bt4TOOtPhBDfhnlQUYI-v1',
    );
  });

  it('is read as it was written, and without what is no kind', () => {
    const record = {
      kinds: [
        { apiVersion: 'apps/v1', kind: 'Deployment' },
        { apiVersion: 'v1', kind: 'Service' },
      ],
      plan: 'a'.repeat(64),
      parts: ['0123456789abcdef', 'fedcba9876543210'],
      landed: 'c'.repeat(40),
      finished: 'b'.repeat(64),
    };
    const written = toRecord(set, record);
    expect(readRecord(written)).toEqual(record);
    expect(
      readRecord({
        ...written,
        metadata: {
          name: 'x',
          annotations: { 'dojo/kinds': 'v1 Service, ../x, , v1 Secret/x' },
        },
      }),
    ).toEqual({ kinds: [{ apiVersion: 'v1', kind: 'Service' }] });
  });
});
