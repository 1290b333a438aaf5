import type {
  ClusterDecides,
  DeploymentFinding,
  DeploymentRequest,
  ObjectDiff,
} from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { planHash as hashOf } from '../../plan/plan-hash';
import { diffObjects } from '../objects/diff-objects';
import { objectName } from '../objects/object-name';
import { adoptedManagers, afterAdoption, takenFields } from './adopt-fields';
import { applyErrors } from './apply-errors';
import type { ClusterState, ObservedObject } from './cluster-state';
import { isSameSet, showFieldPath } from './field-set';
import { ownFields } from './managed-fields';
import { planPrune } from './plan-prune';
import { stoppedReplicas } from './wanted-object';

/** Seconds that a rollout may take where nobody says it. */
const defaultWait = 600;
const maxTaken = 10;

/** What mode apply decides, and what a reader should see of it. */
export interface ClusterPlan {
  readonly decides: ClusterDecides;
  readonly objects: readonly ObjectDiff[];
  readonly findings: readonly DeploymentFinding[];
  readonly warnings: readonly string[];
}

/** An object that has to be applied. */
export interface ChangedObject extends ObservedObject {
  /** What changes, as it may be shown. */
  readonly diff: ObjectDiff;
  /** Managers of client-side apply that are taken over from first; none: it has no such leftovers. */
  readonly adopts: readonly string[];
}

/**
 * Plans what is done to the cluster; pure.
 *
 * @throws DojoError APPLY_STOPPED
 */
export function planCluster(
  state: ClusterState,
  request: DeploymentRequest,
): ClusterPlan {
  const takeover = request.conflicts === 'takeover';
  if (!takeover) ensureNoneStopped(state.objects);
  const changes = changedObjects(state.objects);
  const prune = request.prune ? planPrune(state) : undefined;
  const prunes = prune?.prunes ?? [];
  const decides: ClusterDecides = {
    name: state.name,
    namespace: state.set.namespace,
    writes: changes.map(({ wanted, diff }) => ({
      ...nameOf(wanted),
      change: diff.change === 'created' ? 'created' : 'changed',
      diff: digestOf(diff),
    })),
    adopts: changes
      .filter(({ adopts }) => adopts.length > 0)
      .map(({ wanted, adopts }) => ({
        ...nameOf(wanted),
        managers: [...adopts],
      })),
    prunes: prunes.map(one => ({
      ...nameOf(one),
      uid: String(one.metadata.uid),
    })),
    watches: changes.length > 0 || prunes.length > 0 || state.isRolling,
    wait: request.wait ?? defaultWait,
    takeover,
    onFailure: request.onFailure ?? 'leave',
  };
  const needsConfirmation =
    prune?.needsConfirmation === true && request.confirmPrune !== true;
  return {
    decides,
    objects: [...changes.map(({ diff }) => diff), ...diffObjects(prunes, [])],
    findings: needsConfirmation
      ? [tooMuchPruned(prunes.length, prune.total)]
      : [],
    warnings: [
      ...(takeover ? changes.flatMap(takenWarnings) : []),
      ...(prune?.stays ?? []),
    ],
  };
}

/** Whether anything of the cluster changes. */
export function isClusterChange({
  writes,
  prunes,
}: Pick<ClusterDecides, 'writes' | 'prunes'>): boolean {
  return writes.length > 0 || prunes.length > 0;
}

/** The objects that an apply changes, by their values or by who owns these. */
export function changedObjects(
  objects: readonly ObservedObject[],
): ChangedObject[] {
  return objects.flatMap(observed => {
    const { live, expected } = observed;
    const adopts = live ? adoptedManagers(live) : [];
    const after =
      live && adopts.length > 0 ? afterAdoption(live, expected) : expected;
    // Of a new object the overlay's own fields are shown: the API server fills in more, an address for one, each time anew.
    const [diff] = live
      ? diffObjects([live], [after])
      : diffObjects([], [observed.wanted]);
    if (diff !== undefined) return [{ ...observed, diff, adopts }];
    const isOwned =
      live !== undefined && isSameSet(ownFields(live), ownFields(expected));
    return isOwned && adopts.length === 0
      ? []
      : [{ ...observed, diff: ownershipOf(after), adopts }];
  });
}

/** No value changes, only who may change it. */
function ownershipOf(object: KubernetesObject): ObjectDiff {
  const { namespace } = object.metadata;
  return {
    object: {
      ...nameOf(object),
      ...(namespace !== undefined && { namespace }),
    },
    change: 'changed',
    fields: [
      { path: '.metadata.managedFields', after: 'as the overlay has fields' },
    ],
    omitted: 0,
  };
}

/** What the API server allocates to a Service, each dry run anew. */
const allocated = /\.(?:clusterIPs?|nodePort|healthCheckNodePort)(?:\[|$)/;

/** The identity of a difference: what is reviewed and what is planned later have the same where they say the same. */
function digestOf(diff: ObjectDiff): string {
  const isService = diff.object.kind === 'Service';
  return hashOf({
    ...diff,
    fields: diff.fields.filter(
      ({ path }) => !(isService && allocated.test(path)),
    ),
  });
}

function ensureNoneStopped(objects: readonly ObservedObject[]): void {
  for (const { wanted, live } of objects) {
    const replicas = stoppedReplicas(wanted, live);
    if (replicas !== undefined) {
      throw applyErrors.stopped(objectName(wanted), replicas);
    }
  }
}

function takenWarnings({ wanted, live, expected }: ChangedObject): string[] {
  if (live === undefined) return [];
  return takenFields(live, expected).map(({ manager, paths }) => {
    const shown = paths.slice(0, maxTaken).map(showFieldPath).join(', ');
    const more = paths.length > maxTaken ? ', …' : '';
    return `${objectName(
      wanted,
    )}: takes over from "${manager}": ${shown}${more}`;
  });
}

function tooMuchPruned(count: number, total: number): DeploymentFinding {
  return {
    code: 'PRUNE_TOO_MUCH',
    severity: 'error',
    message: `${count} of the ${total} objects that live would be deleted`,
    hint: 'Look whether the overlay lost something. If they are to go, confirm it: --confirm-prune.',
  };
}

function nameOf({ apiVersion, kind, metadata }: KubernetesObject) {
  return { apiVersion, kind, name: metadata.name };
}
