import type { LintRule } from './lint-rule';
import { fieldsAt, toFields } from './workloads';
import { toComparable } from './to-comparable';

const kinds = /^(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)$/;
/** Of a StatefulSet all else is immutable (apps/v1, ValidateStatefulSetUpdate). */
const mutable = new Set([
  'minReadySeconds',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
  'replicas',
  'revisionHistoryLimit',
  'selector',
  'template',
  'updateStrategy',
]);

/** Which pods a workload owns can never change. */
export const selectorChanged: LintRule = ({ workloads, before = [] }) =>
  workloads.flatMap(({ object, spec }) => {
    const former = formerOf(object, before);
    if (former === undefined || !kinds.test(object.kind)) return [];
    const [had, has] = [former.selector, spec.selector].map(selector =>
      toComparable(selector),
    );
    if (had === has) return [];
    return [
      {
        code: 'SELECTOR_CHANGED',
        severity: 'error',
        message: `its selector cannot change from ${had} to ${has}`,
        hint: 'Leave the selector as it was: labels of a kustomization reach it with includeSelectors: true.',
        on: object,
        path: ['spec', 'selector'],
      },
    ];
  });

/** What else of a StatefulSet can never change. */
export const statefulSetChanged: LintRule = ({ workloads, before = [] }) =>
  workloads.flatMap(({ object, spec }) => {
    const former = formerOf(object, before);
    if (former === undefined || object.kind !== 'StatefulSet') return [];
    return [...new Set([...Object.keys(former), ...Object.keys(spec)])]
      .filter(field => !mutable.has(field))
      .filter(
        field => toComparable(former[field]) !== toComparable(spec[field]),
      )
      .map(field => ({
        code: 'STATEFULSET_CHANGED',
        severity: 'error',
        message: `spec.${field} of a StatefulSet cannot change`,
        hint:
          field === 'volumeClaimTemplates'
            ? 'Leave the templates as they were: labels of a kustomization reach them with includeTemplates: true.'
            : 'Leave it as it was.',
        on: object,
        path: ['spec', field],
      }));
  });

/** A workload whose pods it would not find. */
export const selectorMismatch: LintRule = ({ workloads }) =>
  workloads.flatMap(({ object, spec, podLabels }) => {
    if (!kinds.test(object.kind)) return [];
    const wanted = fieldsAt(spec, ['selector', 'matchLabels']);
    const missing = Object.entries(wanted).find(
      ([key, value]) => podLabels[key] !== value,
    );
    if (missing === undefined) return [];
    return [
      {
        code: 'SELECTOR_MISMATCH',
        severity: 'error',
        message: `its selector wants the label ${missing[0]}: ${String(
          missing[1],
        )}, which its pods do not have`,
        hint: 'Give the pod template the labels of the selector.',
        on: object,
        path: ['spec', 'selector', 'matchLabels', missing[0]],
      },
    ];
  });

function formerOf(
  { kind, metadata }: Parameters<LintRule>[0]['objects'][number],
  before: Parameters<LintRule>[0]['objects'],
) {
  const former = before.find(
    one => one.kind === kind && one.metadata.name === metadata.name,
  );
  return former === undefined ? undefined : toFields(former.spec);
}
