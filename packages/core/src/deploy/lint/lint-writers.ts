import { isWriter } from './claims';
import type { LintRule } from './lint-rule';
import { fieldsAt, toFields } from './workloads';

/** More than one pod that writes a claim. */
export const writerReplicas: LintRule = ({ workloads }) =>
  workloads.flatMap(workload => {
    const { object, spec } = workload;
    const replicas = spec.replicas ?? 1;
    if (!isWriter(workload) || !(Number(replicas) > 1)) return [];
    return [
      {
        code: 'WRITER_REPLICAS',
        severity: 'error',
        message: `it has ${String(
          replicas,
        )} replicas, and writes a claim that only one pod may write`,
        hint: 'Set replicas: 1.',
        on: object,
        path: ['spec', 'replicas'],
      },
    ];
  });

/** A new pod that starts while the old one still writes. */
export const writerStrategy: LintRule = ({ workloads }) =>
  workloads.flatMap(workload => {
    const { object, spec } = workload;
    if (object.kind !== 'Deployment' || !isWriter(workload)) return [];
    const { type = 'RollingUpdate' } = toFields(spec.strategy);
    if (type === 'Recreate') return [];
    return [
      {
        code: 'WRITER_STRATEGY',
        severity: 'error',
        message: `its strategy is ${String(
          type,
        )}, so that two pods would write one claim during a rollout`,
        hint: 'Set strategy: {type: Recreate}.',
        on: object,
        path: ['spec', 'strategy'],
      },
    ];
  });

/** What a patch to Recreate leaves behind: the API server refuses it. */
export const strategyLeftover: LintRule = ({ workloads }) =>
  workloads.flatMap(({ object, spec }) => {
    const { type, rollingUpdate } = toFields(spec.strategy);
    if (
      object.kind !== 'Deployment' ||
      type !== 'Recreate' ||
      rollingUpdate === undefined ||
      rollingUpdate === null
    ) {
      return [];
    }
    return [
      {
        code: 'STRATEGY_LEFTOVER',
        severity: 'error',
        message:
          'its strategy is Recreate and still has rollingUpdate, which the API server forbids',
        hint: 'Patch it with strategy: {$patch: replace, type: Recreate}.',
        on: object,
        path: ['spec', 'strategy', 'rollingUpdate'],
      },
    ];
  });

/** Something that adds pods to a workload that may have one. */
export const writerAutoscaled: LintRule = ({ objects, workloads }) => {
  const writers = workloads.filter(isWriter).map(({ object }) => object);
  return objects
    .filter(({ kind }) =>
      /^(?:HorizontalPodAutoscaler|ScaledObject)$/.test(kind),
    )
    .flatMap(object => {
      const { kind = 'Deployment', name } = fieldsAt(object, [
        'spec',
        'scaleTargetRef',
      ]);
      const scaled = writers.find(
        one => one.kind === kind && one.metadata.name === name,
      );
      if (scaled === undefined) return [];
      return [
        {
          code: 'WRITER_AUTOSCALED',
          severity: 'error',
          message: `it scales ${scaled.kind} ${scaled.metadata.name}, which writes a claim that only one pod may write`,
          hint: `Remove the ${object.kind}.`,
          on: object,
          path: ['spec', 'scaleTargetRef'],
        },
      ];
    });
};
