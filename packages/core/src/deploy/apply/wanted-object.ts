import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { fieldsAt } from '../lint/workloads';
import { fieldOf } from '../objects/plain-value';
import { markMember } from './apply-set';
import type { ApplySet } from './apply-set';
import { isClientSide, isOwn, managedFieldsOf } from './managed-fields';
import { isAutoscaler, ownersOfReplicas } from './replicas-owners';

/** What the API server alone writes, and refuses or ignores in an apply. */
const ofServer = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** An object as it is applied: a member of its set, without what is the API server's own. */
export function toWanted(
  rendered: KubernetesObject,
  set: ApplySet,
): KubernetesObject {
  const { status, metadata, ...rest } = markMember(rendered, set);
  return {
    ...rest,
    metadata: Object.fromEntries(
      Object.entries(metadata).filter(([key]) => !ofServer.includes(key)),
    ),
  } as KubernetesObject;
}

/** Which of the rendered objects an autoscaler of theirs scales: `Deployment ledger`. */
export function autoscaledNames(
  rendered: readonly KubernetesObject[],
): ReadonlySet<string> {
  return new Set(
    rendered
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map(one => {
        const { kind, name } = fieldsAt(one, ['spec', 'scaleTargetRef']);
        return `${String(kind)} ${String(name)}`;
      }),
  );
}

/**
 * The object without a say in its replicas, where an autoscaler has it: one of the overlay, or one that scaled what lives.
 * As long as this program alone owns the number, it is left at what it is: without an owner it would fall back to 1.
 */
export function withoutScaledReplicas(
  wanted: KubernetesObject,
  live: KubernetesObject | undefined,
  autoscaled: ReadonlySet<string>,
): KubernetesObject {
  const spec = fieldsAt(wanted, ['spec']);
  if (spec.replicas === undefined) return wanted;
  const owners = live ? ownersOfReplicas(managedFieldsOf(live)) : [];
  const isScaled =
    autoscaled.has(`${wanted.kind} ${wanted.metadata.name}`) ||
    owners.some(isAutoscaler);
  if (!isScaled) return wanted;
  const held = live && fieldsAt(live, ['spec']).replicas;
  const { replicas, ...rest } = spec;
  return owners.length > 0 && owners.every(isOwn)
    ? { ...wanted, spec: { ...rest, replicas: held } }
    : { ...wanted, spec: rest };
}

/**
 * The replicas that somebody set to 0 and an apply would raise; undefined: nobody did. A scale to 0 leaves the number
 * without an owner, so that the API server sees no conflict.
 */
export function stoppedReplicas(
  wanted: KubernetesObject,
  live: KubernetesObject | undefined,
): number | undefined {
  const replicas = fieldOf(wanted.spec, 'replicas');
  if (live === undefined || fieldOf(live.spec, 'replicas') !== 0) {
    return undefined;
  }
  if (typeof replicas !== 'number' || replicas === 0) return undefined;
  const isOurs = ownersOfReplicas(managedFieldsOf(live)).some(
    entry => isOwn(entry) || isClientSide(entry),
  );
  return isOurs ? undefined : replicas;
}
