import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { refusedHealth } from './deployment-health';
import { current, inProgress } from './health';
import type { Health } from './health';
import type { HealthContext } from './health-context';
import { countAt, textAt } from './object-fields';

const onDelete = 'OnDelete';

/** A ReplicaSet: the rules of kstatus, and what its condition ReplicaFailure says. */
export function replicaSetHealth(
  set: KubernetesObject,
  { now }: HealthContext,
): Health {
  const refused = refusedHealth(set, now);
  if (refused !== undefined) return refused;
  const wanted = countAt(set, 'spec', 'replicas') ?? 1;
  const count = (field: string) => countAt(set, 'status', field) ?? 0;
  const labelled = count('fullyLabeledReplicas');
  const available = count('availableReplicas');
  const ready = count('readyReplicas');
  const all = count('replicas');
  if (wanted > labelled) {
    return inProgress(
      'LessLabelled',
      `${labelled} of ${wanted} pods are there with all labels`,
    );
  }
  if (wanted > available) {
    return inProgress(
      'LessAvailable',
      `${available} of ${wanted} pods are available`,
    );
  }
  if (wanted > ready) {
    return inProgress('LessReady', `${ready} of ${wanted} pods are ready`);
  }
  return all > wanted
    ? inProgress('ExtraPods', `${all - wanted} pods have still to go`)
    : current('Available', `${ready} of ${wanted} pods are ready`);
}

/** A StatefulSet: the rules of kstatus, and none of the pods is asked. */
export function statefulSetHealth(set: KubernetesObject): Health {
  const wanted = countAt(set, 'spec', 'replicas') ?? 1;
  const count = (field: string) => countAt(set, 'status', field) ?? 0;
  const ready = count('readyReplicas');
  const updated = count('updatedReplicas');
  if (textAt(set, 'spec', 'updateStrategy', 'type') === onDelete) {
    return current(
      'OnDelete',
      `pods are replaced when somebody deletes them; ${ready} of ${wanted} are ready`,
    );
  }
  const all = count('replicas');
  const now = count('currentReplicas');
  if (wanted > all) {
    return inProgress('LessReplicas', `${all} of ${wanted} pods are there`);
  }
  if (wanted > ready) {
    return inProgress('LessReady', `${ready} of ${wanted} pods are ready`);
  }
  if (all > wanted) {
    return inProgress('ExtraPods', `${all - wanted} pods have still to go`);
  }
  const partition = countAt(
    set,
    'spec',
    'updateStrategy',
    'rollingUpdate',
    'partition',
  );
  if (partition !== undefined) {
    const toUpdate = wanted - partition;
    return updated < toUpdate
      ? inProgress(
          'PartitionRollout',
          `${updated} of ${toUpdate} pods are of the new version`,
        )
      : current(
          'PartitionRollout',
          `${updated} pods are of the new version; ${ready} of ${wanted} are ready`,
        );
  }
  if (wanted > now) {
    return inProgress(
      'LessCurrent',
      `${now} of ${wanted} pods are of the present revision`,
    );
  }
  const revision = textAt(set, 'status', 'currentRevision') ?? '';
  const update = textAt(set, 'status', 'updateRevision') ?? '';
  return revision === update
    ? current('Available', `${ready} of ${wanted} pods are ready`)
    : inProgress(
        'RevisionMismatch',
        'the new revision has not become the present one yet',
      );
}

/** A DaemonSet: the rules of kstatus; one that is updated by deleting its pods is as Argo CD has it. */
export function daemonSetHealth(set: KubernetesObject): Health {
  const count = (field: string) => countAt(set, 'status', field) ?? 0;
  const wanted = countAt(set, 'status', 'desiredNumberScheduled');
  const isObserved = countAt(set, 'status', 'observedGeneration') !== undefined;
  if (
    textAt(set, 'spec', 'updateStrategy', 'type') === onDelete &&
    isObserved
  ) {
    return current(
      'OnDelete',
      `pods are replaced when somebody deletes them; ${count(
        'numberReady',
      )} of ${wanted ?? 0} are ready`,
    );
  }
  if (countAt(set.metadata, 'generation') === undefined) {
    return inProgress('NoGeneration', 'metadata.generation is not there');
  }
  if (!isObserved) {
    return inProgress(
      'NoObservedGeneration',
      'no controller has seen it yet: status.observedGeneration is not there',
    );
  }
  if (wanted === undefined) {
    return inProgress(
      'NoDesiredNumber',
      'status.desiredNumberScheduled is not there',
    );
  }
  const steps = [
    ['currentNumberScheduled', 'LessCurrent', 'are there'],
    ['updatedNumberScheduled', 'LessUpdated', 'are of the new version'],
    ['numberAvailable', 'LessAvailable', 'are available'],
    ['numberReady', 'LessReady', 'are ready'],
  ] as const;
  for (const [field, reason, what] of steps) {
    const number = count(field);
    if (wanted > number) {
      return inProgress(reason, `${number} of ${wanted} pods ${what}`);
    }
  }
  return current('Available', `${wanted} of ${wanted} pods are ready`);
}
