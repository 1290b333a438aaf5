import fc from 'fast-check';
import {
  healthStatusSchema,
  objectHealthSchema,
} from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import {
  healthOf,
  now,
  secondsAgo,
  verdictOf,
} from './__testUtils__/health-of';
import { assessObjects } from './assess-objects';
import { computeHealth } from './compute-health';
import { createHealthContext } from './health-context';

const of = (kind: string, rest: string, apiVersion = 'v1') =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ledger, namespace: dev, generation: 2}, ${rest}}`;
const thing = (rest: string) => of('Thing', rest, 'acme.test/v1');
const condition = (type: string, status: string, more = '') =>
  `{type: ${type}, status: "${status}"${more && `, ${more}`}}`;
const withConditions = (kind: string, apiVersion: string, list: string) =>
  of(kind, `status: {conditions: [${list}]}`, apiVersion);

describe('computeHealth', () => {
  describe('when the kind has no rule', () => {
    it.each([
      [thing('spec: {}'), 'Current Stored'],
      [
        thing('status: {observedGeneration: 1}'),
        'InProgress LatestGenerationNotObserved',
      ],
      [
        thing('status: {observedGeneration: 3}'),
        'InProgress LatestGenerationNotObserved',
      ],
      [thing('status: {observedGeneration: 2}'), 'Current Stored'],
      [
        thing(
          `status: {conditions: [${condition(
            'Ready',
            'True',
            'reason: AllFine',
          )}]}`,
        ),
        'Current AllFine',
      ],
      [
        thing(
          `status: {conditions: [${condition(
            'Ready',
            'False',
            'reason: Wait',
          )}]}`,
        ),
        'InProgress Wait',
      ],
      [
        thing(`status: {conditions: [${condition('Ready', 'Unknown')}]}`),
        'InProgress NotReady',
      ],
      [
        thing('status: {conditions: [{type: Ready, status: True}]}'),
        'Current Ready',
      ],
      [
        thing(
          `status: {conditions: [${condition('Ready', 'True')}, ${condition(
            'Reconciling',
            'True',
            'reason: Busy',
          )}]}`,
        ),
        'InProgress Busy',
      ],
      [
        thing(
          `status: {conditions: [${condition('Ready', 'True')}, ${condition(
            'Stalled',
            'True',
            'reason: Stuck',
          )}]}`,
        ),
        'Failed Stuck',
      ],
      [
        thing(
          `status: {conditions: [${condition('Stalled', 'False')}, ${condition(
            'Reconciling',
            'False',
          )}]}`,
        ),
        'Current Stored',
      ],
      [
        thing(`status: {conditions: [${condition('Other', 'False')}]}`),
        'Current Stored',
      ],
      [of('Service', 'spec: {}', 'serving.acme.test/v1'), 'Current Stored'],
      [thing('status: text'), 'Unknown StatusUnreadable'],
      [thing('status: null'), 'Current Stored'],
    ])('%s is %s', (yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));
  });

  it('is Terminating before anything else, and tells what it waits for', () => {
    expect(
      healthOf(`
apiVersion: acme.test/v1
kind: Thing
metadata: {name: a, deletionTimestamp: "2026-05-04T10:00:00Z", generation: 2, finalizers: [acme.test/hold]}
status: {observedGeneration: 1}`),
    ).toEqual({
      status: 'Terminating',
      reason: 'Terminating',
      message: 'it is being deleted; it waits for acme.test/hold',
    });
  });

  it('is NotFound where the cluster has none', () => {
    expect(computeHealth(undefined, createHealthContext([], now)).status).toBe(
      'NotFound',
    );
  });

  describe('when it is one of a few kinds', () => {
    const hpa = (list: string) =>
      withConditions('HorizontalPodAutoscaler', 'autoscaling/v2', list);
    const crd = (list: string) =>
      withConditions(
        'CustomResourceDefinition',
        'apiextensions.k8s.io/v1',
        list,
      );
    const api = (list: string) =>
      withConditions('APIService', 'apiregistration.k8s.io/v1', list);
    it.each([
      [of('ConfigMap', 'data: {}'), 'Current Stored'],
      [of('CronJob', 'spec: {suspend: true}', 'batch/v1'), 'Current Stored'],
      [
        of(
          'PodDisruptionBudget',
          'status: {disruptionsAllowed: 0}',
          'policy/v1',
        ),
        'Current Stored',
      ],
      [of('Service', 'spec: {type: LoadBalancer}'), 'InProgress NoIPAssigned'],
      [
        of('Service', 'spec: {type: LoadBalancer, clusterIP: ""}'),
        'InProgress NoIPAssigned',
      ],
      [
        of('Service', 'spec: {type: LoadBalancer, clusterIP: 10.0.0.1}'),
        'Current ServiceReady',
      ],
      [of('Service', 'spec: {type: NodePort}'), 'Current ServiceReady'],
      [
        of('Ingress', 'status: {loadBalancer: {}}', 'networking.k8s.io/v1'),
        'Current IngressReady',
      ],
      [of('Namespace', 'status: {phase: Active}'), 'Current Active'],
      [
        of('Namespace', 'status: {phase: Terminating}'),
        'Terminating Terminating',
      ],
      [crd(''), 'InProgress Installing'],
      [
        crd(condition('Established', 'False', 'reason: Installing')),
        'InProgress Installing',
      ],
      [
        crd(condition('Established', 'False', 'reason: Broken')),
        'Failed Broken',
      ],
      [
        crd(condition('NamesAccepted', 'False', 'reason: Taken')),
        'Failed Taken',
      ],
      [crd(condition('Established', 'True')), 'Current Established'],
      [api(''), 'InProgress NotAvailable'],
      [
        api(condition('Available', 'False', 'reason: MissingEndpoints')),
        'InProgress MissingEndpoints',
      ],
      [api(condition('Available', 'True', 'reason: Passed')), 'Current Passed'],
      [hpa(''), 'InProgress NotAbleToScale'],
      [hpa(condition('AbleToScale', 'True', 'reason: Ready')), 'Current Ready'],
      [
        hpa(condition('AbleToScale', 'False', 'reason: FailedGetScale')),
        'Failed FailedGetScale',
      ],
      [
        hpa(condition('ScalingActive', 'False', 'reason: InvalidSelector')),
        'Failed InvalidSelector',
      ],
      [
        hpa(
          condition(
            'ScalingActive',
            'False',
            'reason: FailedGetResourceMetric',
          ),
        ),
        'Current FailedGetResourceMetric',
      ],
      [hpa(condition('ScalingActive', 'True')), 'InProgress NotAbleToScale'],
      [
        '{apiVersion: argoproj.io/v1alpha1, kind: Application, status: {health: {status: Degraded}}}',
        'Failed Degraded',
      ],
      [
        '{apiVersion: argoproj.io/v1alpha1, kind: Application, status: {health: {status: Healthy}}}',
        'Current Healthy',
      ],
      [
        '{apiVersion: argoproj.io/v1alpha1, kind: Application}',
        'InProgress NotAssessed',
      ],
    ])('%s is %s', (yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));

    it('reads the conditions of an older autoscaler from its annotation', () => {
      const older = (text: string) =>
        verdictOf(
          JSON.stringify({
            apiVersion: 'autoscaling/v1',
            kind: 'HorizontalPodAutoscaler',
            metadata: {
              name: 'a',
              annotations: {
                'autoscaling.alpha.kubernetes.io/conditions': text,
              },
            },
          }),
        );
      expect(
        older('[{"type":"AbleToScale","status":"True","reason":"R"}]'),
      ).toBe('Current R');
      expect(older('[')).toBe('Unknown ConditionsUnreadable');
      expect(older('{}')).toBe('Unknown ConditionsUnreadable');
    });

    it('tells the address of an ingress', () => {
      expect(
        healthOf(
          of(
            'Ingress',
            'status: {loadBalancer: {ingress: [{hostname: a.test}, {ip: 10.0.0.1}]}}',
            'networking.k8s.io/v1',
          ),
        ).message,
      ).toBe('its address is a.test, 10.0.0.1');
    });
  });

  describe('when it is a Job', () => {
    const job = (spec: string, status: string) =>
      of('Job', `spec: {${spec}}, status: {${status}}`, 'batch/v1');
    it.each([
      [job('', ''), 'InProgress JobNotStarted'],
      [
        job('', 'startTime: "2026-05-04T10:00:00Z", active: 1'),
        'InProgress JobRunning',
      ],
      [
        job(
          '',
          `startTime: x, conditions: [${condition(
            'Complete',
            'False',
          )}, ${condition('Failed', 'False')}]`,
        ),
        'InProgress JobRunning',
      ],
      [
        job('', `conditions: [${condition('Complete', 'True')}]`),
        'Current JobComplete',
      ],
      [
        job(
          '',
          `conditions: [${condition(
            'Failed',
            'True',
            'reason: DeadlineExceeded',
          )}]`,
        ),
        'Failed DeadlineExceeded',
      ],
      [
        job('', `conditions: [${condition('Failed', 'True')}]`),
        'Failed JobFailed',
      ],
      [
        job(
          '',
          `startTime: x, conditions: [${condition(
            'FailureTarget',
            'True',
            'reason: BackoffLimitExceeded',
          )}]`,
        ),
        'InProgress BackoffLimitExceeded',
      ],
      [
        job('suspend: true', `conditions: [${condition('Suspended', 'True')}]`),
        'Current JobSuspended',
      ],
      [
        job(
          'suspend: false',
          `conditions: [${condition('Suspended', 'True')}]`,
        ),
        'InProgress JobNotStarted',
      ],
      [
        job(
          'suspend: true',
          `conditions: [${condition('Suspended', 'False')}]`,
        ),
        'InProgress JobNotStarted',
      ],
    ])('%s is %s', (yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));
  });

  describe('when it is a claim', () => {
    const claim = (
      status: string,
      spec = 'storageClassName: fast',
      annotations = '{}',
    ) =>
      `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: dojo-data, namespace: dev, annotations: ${annotations}}
spec: {${spec}}
status: {${status}}
`;
    const storageClass = (mode: string, annotations = '{}') => `---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, annotations: ${annotations}}
volumeBindingMode: ${mode}
`;
    const event = (reason: string, message = 'said', name = 'dojo-data') => `---
apiVersion: v1
kind: Event
metadata: {name: e, namespace: dev}
involvedObject: {kind: PersistentVolumeClaim, name: ${name}, namespace: dev}
reason: ${reason}
message: ${message}
`;
    const pending = claim('phase: Pending');
    const waits = storageClass('WaitForFirstConsumer');
    const selected = '{volume.kubernetes.io/selected-node: node-1}';
    it.each([
      ['bound', claim('phase: Bound'), 'Current Bound'],
      ['lost', claim('phase: Lost'), 'Failed Lost'],
      ['not seen', claim(''), 'InProgress NotBound'],
      [
        'of a phase that nobody knows',
        claim('phase: Odd'),
        'Unknown ClaimPhaseUnknown',
      ],
      ['pending, of a class that is not known', pending, 'InProgress NotBound'],
      [
        'waiting for its first consumer',
        pending + waits,
        'Current WaitForFirstConsumer',
      ],
      [
        'waiting, and its class is the default one',
        claim('phase: Pending', '') +
          storageClass(
            'WaitForFirstConsumer',
            '{storageclass.kubernetes.io/is-default-class: "true"}',
          ),
        'Current WaitForFirstConsumer',
      ],
      [
        'pending without class beside a class',
        claim('phase: Pending', '') + waits,
        'InProgress NotBound',
      ],
      [
        'waiting, as an event tells',
        pending + event('WaitForFirstConsumer'),
        'Current WaitForFirstConsumer',
      ],
      [
        'pending, and the event is of another',
        pending + event('WaitForFirstConsumer', 'x', 'other'),
        'InProgress NotBound',
      ],
      [
        'of a class that binds at once, whatever an event tells',
        pending + storageClass('Immediate') + event('WaitForFirstConsumer'),
        'InProgress NotBound',
      ],
      [
        'taken by a pod that has its node',
        claim('phase: Pending', 'storageClassName: fast', selected) + waits,
        'InProgress NotBound',
      ],
      [
        'taken, and no volume can be made',
        claim('phase: Pending', 'storageClassName: fast', selected) +
          waits +
          event('ProvisioningFailed'),
        'InProgress ProvisioningFailed',
      ],
      [
        'of a class that binds at once and cannot',
        pending + storageClass('Immediate') + event('ProvisioningFailed'),
        'InProgress ProvisioningFailed',
      ],
    ])('%s', (_, yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));
  });

  it('throws for no object, and always gives a status, a word and a line', () => {
    const kind = fc.constantFrom(
      'v1/Pod',
      'v1/Service',
      'v1/PersistentVolumeClaim',
      'v1/Namespace',
      'apps/v1/Deployment',
      'apps/v1/ReplicaSet',
      'apps/v1/StatefulSet',
      'apps/v1/DaemonSet',
      'batch/v1/Job',
      'autoscaling/v2/HorizontalPodAutoscaler',
      'networking.k8s.io/v1/Ingress',
      'apiextensions.k8s.io/v1/CustomResourceDefinition',
      'a/v1/constructor',
    );
    const key = fc.constantFrom(
      'phase',
      'conditions',
      'type',
      'status',
      'reason',
      'message',
      'containerStatuses',
      'initContainerStatuses',
      'state',
      'waiting',
      'terminated',
      'lastState',
      'exitCode',
      'replicas',
      'readyReplicas',
      'loadBalancer',
      'ingress',
      'name',
      'restartCount',
      'generation',
      'observedGeneration',
      'ownerReferences',
      'annotations',
      'kind',
      'uid',
      '__proto__',
    );
    const scalar = fc.constantFrom<unknown>(
      null,
      true,
      0,
      1,
      -1,
      1.5,
      '',
      'True',
      'Pending',
      'Failed',
      'Ready',
      'ProgressDeadlineExceeded',
      'ReplicaFailure',
      'CrashLoopBackOff',
      'a\nb\u001b[0m',
      now.toISOString(),
    );
    const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        scalar,
        fc.dictionary(key, tie('tree')),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(kind, tree, tree, tree), { maxLength: 4 }),
        drawn => {
          const objects = drawn.map(([named, metadata, spec, status]) => {
            const slash = named.lastIndexOf('/');
            return {
              apiVersion: named.slice(0, slash),
              kind: named.slice(slash + 1),
              metadata: {
                ...(typeof metadata === 'object' ? metadata : {}),
                name: 'a',
              },
              spec,
              status,
            } as KubernetesObject;
          });
          for (const health of assessObjects(objects, now)) {
            const { status, reason, message } = objectHealthSchema
              .omit({ namespace: true })
              .parse(health);
            healthStatusSchema.parse(status);
            expect(reason).toMatch(/\S/);
            expect(message).toMatch(/^[^\p{Cc}]+$/u);
          }
        },
      ),
      { seed: 20261129, numRuns: 500 },
    );
  });
});

describe('assessObjects', () => {
  it('gives one for each object, and none for an event', () => {
    const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' } };
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
    };
    expect(assessObjects([event, map], now)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'c',
        status: 'Current',
        reason: 'Stored',
        message: 'there is nothing to wait for',
      },
    ]);
  });

  it('takes time linear in the number of objects', () => {
    const pods = (count: number) => {
      let looks = 0;
      const watched = Array.from({ length: count }, (_, at) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `p${at}`,
          namespace: 'dev',
          get ownerReferences() {
            looks++;
            return [{ kind: 'ReplicaSet', name: 'rs', controller: true }];
          },
        },
        status: { phase: 'Pending', startTime: secondsAgo(5) },
      }));
      const annotations = { 'deployment.kubernetes.io/revision': '1' };
      assessObjects(
        [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'd', namespace: 'dev', annotations },
          },
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            metadata: {
              name: 'rs',
              namespace: 'dev',
              annotations,
              ownerReferences: [{ kind: 'Deployment', name: 'd' }],
            },
          },
          ...watched,
        ],
        now,
      );
      return looks;
    };
    expect(pods(400)).toBeLessThanOrEqual(2.1 * pods(200));
  });
});
