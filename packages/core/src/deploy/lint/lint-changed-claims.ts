import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { claimsOf } from './claims';
import type { LintProblem, LintRule, LintedObjects } from './lint-rule';
import { parseQuantity } from './quantity';
import { fieldsAt, toFields, toList } from './workloads';
import { toComparable } from './to-comparable';

const sizePath = ['spec', 'resources', 'requests', 'storage'];

/** A claim before and after. */
type Pair = readonly [before: KubernetesObject, after: KubernetesObject];

function pairsOf({ objects, before = [] }: LintedObjects): Pair[] {
  const former = new Map(
    claimsOf(before).map(claim => [claim.metadata.name, claim]),
  );
  return claimsOf(objects).flatMap((after): Pair[] => {
    const found = former.get(after.metadata.name);
    return found === undefined ? [] : [[found, after]];
  });
}

/** A claim smaller than it was: no volume shrinks. */
export const claimShrunk: LintRule = linted =>
  pairsOf(linted).flatMap(([before, after]) => {
    const [former, now] = [sizeOf(before), sizeOf(after)];
    const [had, has] = [parseQuantity(former), parseQuantity(now)];
    if (had === undefined || has === undefined || has >= had) return [];
    return [
      {
        code: 'CLAIM_SHRUNK',
        severity: 'error',
        message: `the claim ${after.metadata.name} has ${String(
          former,
        )} and cannot shrink to ${String(now)}`,
        hint: `Keep at least ${String(former)}.`,
        on: after,
        path: sizePath,
      },
    ];
  });

/** A claim whose size is no quantity, or nothing. */
export const claimSizeInvalid: LintRule = ({ objects }) =>
  claimsOf(objects).flatMap(claim => {
    const size = sizeOf(claim);
    const bytes = parseQuantity(size);
    if (bytes !== undefined && bytes > 0n) return [];
    return [
      {
        code: 'CLAIM_SIZE_INVALID',
        severity: 'error',
        message:
          size === undefined
            ? `the claim ${claim.metadata.name} says no size`
            : `the claim ${claim.metadata.name} has the size ${String(
                size,
              )}, which is none`,
        hint: 'Write it as a quantity, such as 5Gi, under spec.resources.requests.storage.',
        on: claim,
        path: sizePath,
      },
    ];
  });

/** Another storage class is another volume. */
export const claimClassChanged: LintRule = linted =>
  pairsOf(linted).flatMap(pair =>
    changedField(linted, pair, 'storageClassName', 'CLAIM_CLASS_CHANGED'),
  );

/** What else of a claim can never change. */
export const claimSpecChanged: LintRule = linted =>
  pairsOf(linted).flatMap(pair =>
    [
      'volumeMode',
      'volumeName',
      'selector',
      'dataSource',
      'dataSourceRef',
    ].flatMap(field => changedField(linted, pair, field, 'CLAIM_SPEC_CHANGED')),
  );

/** Who may mount a claim can never change. */
export const claimModesChanged: LintRule = linted =>
  pairsOf(linted).flatMap(([before, after]) => {
    const [former, now] = [before, after].map(claim =>
      toList(toFields(claim.spec).accessModes).map(String).sort().join(', '),
    );
    if (former === now) return [];
    return [
      {
        code: 'CLAIM_MODES_CHANGED',
        severity: 'error',
        message: `the claim ${after.metadata.name} has the access modes ${former}, which cannot become ${now}`,
        hint: `Keep accessModes: [${former}].`,
        on: after,
        path: ['spec', 'accessModes'],
      },
    ];
  });

function changedField(
  { livesTold = false }: LintedObjects,
  [before, after]: Pair,
  field: string,
  code: string,
): LintProblem[] {
  const former = toFields(before.spec)[field];
  const now = toFields(after.spec)[field];
  // One that lives has what the cluster filled in where nobody asked for anything: it may be left out, and named.
  const isFilledIn =
    before.metadata.uid === undefined
      ? livesTold && (former === undefined || now === undefined)
      : now === undefined;
  if (isFilledIn || toComparable(former) === toComparable(now)) {
    return [];
  }
  const shown = (value: unknown) =>
    value === undefined ? 'none' : toComparable(value);
  return [
    {
      code,
      severity: 'error',
      message: `${field} of the claim ${
        after.metadata.name
      } cannot change from ${shown(former)} to ${shown(now)}`,
      hint: 'Keep it as it was; for another volume copy the data into a new claim.',
      on: after,
      path: ['spec', field],
    },
  ];
}

function sizeOf(claim: KubernetesObject): unknown {
  return fieldsAt(claim, sizePath.slice(0, -1)).storage;
}
