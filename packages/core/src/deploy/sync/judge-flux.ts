import { shortOid } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import {
  conditionThat,
  conditionsOf,
  countAt,
  mapsAt,
  textAt,
  valueAt,
} from '../health/object-fields';
import { commitOf, syncPatience, waiting } from './sync-verdict';
import type { RelationOf, SyncVerdict } from './sync-verdict';

/** Reasons of a Kustomization that is not ready for what is none of its own. */
const ofOthers = ['DependencyNotReady', 'ArtifactFailed', 'SourceNotReady'];

/** Commits that a Kustomization names: the one it applied last, and the one it tried last. */
export function commitsOfFlux(
  kustomization: KubernetesObject,
): readonly string[] {
  return [applied(kustomization), attempted(kustomization)].filter(
    commit => commit !== undefined,
  );
}

/**
 * What a Flux Kustomization says of our landing. It sets the applied revision once what it applied was healthy, where
 * it was told to wait for that (`spec.wait` or `spec.healthChecks`).
 */
export function judgeFlux(
  kustomization: KubernetesObject,
  folder: string,
  relationOf: RelationOf,
): SyncVerdict {
  const { metadata } = kustomization;
  if (textAt(metadata, 'deletionTimestamp') !== undefined) {
    return {
      kind: 'failed',
      patience: syncPatience,
      detail: 'is being deleted',
    };
  }
  if (valueAt(kustomization, 'spec', 'suspend') === true) {
    return { kind: 'waiting', isHeld: true, detail: 'is suspended' };
  }
  const conditions = conditionsOf(kustomization);
  const wanted = countAt(metadata, 'generation') ?? 0;
  const observed = countAt(kustomization, 'status', 'observedGeneration') ?? -1;
  const stalled = conditionThat(conditions, 'Stalled', 'True');
  if (stalled !== undefined && observed >= wanted) {
    return {
      kind: 'failed',
      patience: 0,
      detail: `is stalled: ${stalled.reason}: ${stalled.message}`,
    };
  }
  const ready = conditions.find(({ type }) => type === 'Ready');
  const commit = applied(kustomization);
  const relation = commit === undefined ? undefined : relationOf(commit);
  if (commit !== undefined && relation === 'superseded') {
    return {
      kind: 'superseded',
      commit,
      detail: `is at ${shortOid(
        commit,
      )}, which has a later change of ${folder}`,
    };
  }
  const tried = attempted(kustomization);
  const isTried = tried !== undefined && relationOf(tried) === 'ours';
  if (tried !== undefined && relationOf(tried) === 'superseded') {
    return {
      kind: 'superseded',
      commit: tried,
      detail: `goes to ${shortOid(
        tried,
      )}, which has a later change of ${folder}`,
    };
  }
  if (isTried && ready?.status === 'False') {
    const detail = `could not bring ${shortOid(tried)} up: ${ready.reason}: ${
      ready.message
    }`;
    if (ofOthers.includes(ready.reason)) return waiting(detail);
    const isSure = ready.reason === 'HealthCheckFailed';
    return { kind: 'failed', patience: isSure ? 0 : syncPatience, detail };
  }
  const isQuiet = !conditionThat(conditions, 'Reconciling', 'True');
  if (
    commit !== undefined &&
    relation === 'ours' &&
    ready?.status === 'True' &&
    isQuiet &&
    observed >= wanted
  ) {
    const isHealthKnown = looksAtHealth(kustomization);
    const detail = `has applied ${shortOid(commit)}${
      isHealthKnown
        ? ', which is healthy'
        : ', and does not wait for its health'
    }`;
    return { kind: 'done', commit, isHealthKnown, detail };
  }
  return waiting(describeWaiting(commit ?? tried, isTried, ready?.message));
}

function describeWaiting(
  commit: string | undefined,
  isTried: boolean,
  said: string | undefined,
): string {
  const more = said ? `: ${said}` : '';
  if (commit === undefined) return `reports no commit yet${more}`;
  return isTried
    ? `is bringing it up${more}`
    : `is at ${shortOid(commit)}, which does not have it yet${more}`;
}

/** Of an artifact that was made from git, the commit it was made from. */
function applied(kustomization: KubernetesObject): string | undefined {
  return commitOf(
    textAt(kustomization, 'status', 'lastAppliedOriginRevision') ??
      textAt(kustomization, 'status', 'lastAppliedRevision'),
  );
}

function attempted(kustomization: KubernetesObject): string | undefined {
  return commitOf(textAt(kustomization, 'status', 'lastAttemptedRevision'));
}

function looksAtHealth(kustomization: KubernetesObject): boolean {
  return (
    valueAt(kustomization, 'spec', 'wait') === true ||
    mapsAt(kustomization, 'spec', 'healthChecks').length > 0
  );
}
