import type { DeploymentFinding } from 'backstage-plugin-dojo-common';
import type { Cluster, ObjectKind } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { computeHealth } from '../health/compute-health';
import { createHealthContext } from '../health/health-context';
import type { Rendered } from '../render';
import { applyErrors } from './apply-errors';
import { inApplyOrder } from './apply-order';
import { sortedKinds } from './apply-set';
import type { ApplySet, SetRecord } from './apply-set';
import { identityOf } from './cluster-state';
import type { ClusterState, ObservedObject } from './cluster-state';
import { dryRunApply } from './dry-run';
import type { DryRun } from './dry-run';
import { toError } from './refused-writes';
import type { RefusedRequest } from './refused-writes';
import { inLanes } from './in-lanes';
import { lintLive } from './lint-live';
import { changedObjects } from './plan-cluster';
import { planPrune } from './plan-prune';
import type { SetReader } from './set-reader';
import { autoscaledNames, toWanted } from './wanted-object';

/** Of a cluster, and what a reader should know of it. */
export interface ObservedCluster {
  readonly state: ClusterState;
  readonly findings: readonly DeploymentFinding[];
  readonly warnings: readonly string[];
}

/** What is looked at. */
export interface ClusterQuestion {
  readonly set: ApplySet;
  /** Reads it, and may do so already. */
  readonly reader: SetReader;
  readonly rendered: Rendered;
  /** A finding forbids it already: then nobody asks the API server what it thinks. */
  readonly isRefused: boolean;
  readonly takeover: boolean;
  readonly prune: boolean;
  /** Whether the record is looked at even where nothing changes: it may tell of the plan that was reviewed. */
  readonly needsRecord: boolean;
  /** Now: the health of what lives is told by it. */
  readonly now: Date;
}

const isError = ({ severity }: DeploymentFinding) => severity === 'error';
const isPassed = (run: DryRun): run is Extract<DryRun, { kind: 'passed' }> =>
  run.kind === 'passed';
const isRefused = (run: DryRun): run is Extract<DryRun, { kind: 'refused' }> =>
  run.kind === 'refused';

/**
 * Reads what lives and what the API server would make of the overlay; writes nothing. It costs one list a kind, and one dry
 * run for each object that is not proven to be as the overlay has it.
 *
 * @throws DojoError all that the API server refuses, at once; and what the cluster throws where it did not answer.
 */
export async function observeCluster(
  cluster: Cluster,
  question: ClusterQuestion,
  signal: AbortSignal,
): Promise<ObservedCluster> {
  const { set, reader, rendered, takeover, prune, needsRecord } = question;
  const empty = {
    name: cluster.name,
    set,
    objects: [],
    members: [],
    isRolling: false,
  };
  if (question.isRefused) return { state: empty, findings: [], warnings: [] };

  const warnings = [...(cluster.warnings ?? [])];
  const objects = rendered.objects.filter(one => !isNamespace(one, warnings));
  const wanted = objects.map(one => toWanted(one, set));
  const refused: RefusedRequest[] = [];
  const kinds = sortedKinds(wanted);
  const members = [...(await reader.list(kinds, refused))];
  let record = prune || needsRecord ? await reader.record() : undefined;
  if (prune)
    members.push(...(await reader.list(onlyOf(record, kinds), refused)));

  const findings = lintLive(rendered, members, set.namespace);
  if (findings.some(isError)) {
    return { state: { ...empty, members }, findings, warnings };
  }

  const byIdentity = new Map(members.map(one => [identityOf(one), one]));
  const context = {
    cluster,
    set,
    takeover,
    autoscaled: autoscaledNames(objects),
  };
  const runs = await inLanes(
    inApplyOrder(wanted, one => one),
    one => dryRunApply(one, byIdentity.get(identityOf(one)), context, signal),
  );
  const lived = runs.filter(isRefused).flatMap(({ live }) => live ?? []);
  // One that nobody listed was made by somebody else: a rule tells of it in better words than the API server.
  const foreign = lintLive(rendered, lived, set.namespace).filter(isError);
  if (foreign.length > 0) {
    return {
      state: { ...empty, members },
      findings: [...findings, ...foreign],
      warnings,
    };
  }
  refused.push(...runs.filter(isRefused));
  if (refused.length > 0) throw toError(refused);

  const passed = runs.filter(isPassed);
  warnings.push(
    ...new Set(
      passed.flatMap(({ observed, warnings: said }) =>
        said.map(
          text =>
            `${observed.wanted.kind} ${observed.wanted.metadata.name}: ${text}`,
        ),
      ),
    ),
  );
  const observed = passed.map(run => run.observed);
  const state = {
    ...empty,
    members,
    objects: observed,
    isRolling: isRolling(observed, question.now),
  };
  const going = prune ? planPrune(state).prunes : [];
  if (going.length > 0 || changedObjects(observed).length > 0) {
    [record] = await Promise.all([
      reader.record(),
      ensureNamespaceStays(cluster, set.namespace, signal),
    ]);
  }
  await inLanes(going, one => dryRunDelete(cluster, one, set, refused, signal));
  if (refused.length > 0) throw toError(refused);
  return {
    state: { ...state, ...(record && { record }) },
    findings,
    warnings,
  };
}

/** Kinds of which a list is read to apply these objects. */
export function listedKinds(
  objects: readonly KubernetesObject[],
): ObjectKind[] {
  return sortedKinds(objects.filter(({ kind }) => kind !== 'Namespace'));
}

/** Workloads that roll out. */
const rolled = new Set(['DaemonSet', 'Deployment', 'StatefulSet']);

function isRolling(objects: readonly ObservedObject[], now: Date): boolean {
  return objects.some(
    ({ live }) =>
      live !== undefined &&
      rolled.has(live.kind) &&
      computeHealth(live, createHealthContext([live], now)).status !==
        'Current',
  );
}

/** Who runs the cluster makes its namespaces: the overlay's own is left out. */
function isNamespace(object: KubernetesObject, warnings: string[]): boolean {
  if (object.kind !== 'Namespace') return false;
  warnings.push(
    `mode apply leaves out Namespace ${object.metadata.name}: who runs the cluster makes it`,
  );
  return true;
}

/** Kinds of the record that are not in a list yet. */
function onlyOf(
  record: SetRecord | undefined,
  listed: readonly ObjectKind[],
): ObjectKind[] {
  const isListed = ({ apiVersion, kind }: ObjectKind) =>
    listed.some(one => one.apiVersion === apiVersion && one.kind === kind);
  return (record?.kinds ?? []).filter(kind => !isListed(kind));
}

/** In a namespace that is being deleted existing objects can be changed, and go with it. */
async function ensureNamespaceStays(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  let found: KubernetesObject | undefined;
  try {
    found = await cluster.get(
      { apiVersion: 'v1', kind: 'Namespace', name: namespace },
      signal,
    );
  } catch (error) {
    // Who deploys may not be allowed to look at it: a new object is refused by the API server itself.
    if (error instanceof ClusterRefusal && error.refused.status === 403) return;
    throw error instanceof ClusterRefusal
      ? toError([{ refusal: error }])
      : error;
  }
  if (found === undefined) throw applyErrors.namespaceMissing(namespace);
  if (found.metadata.deletionTimestamp !== undefined) {
    throw applyErrors.namespaceTerminating(namespace);
  }
}

async function dryRunDelete(
  cluster: Cluster,
  object: KubernetesObject,
  set: ApplySet,
  refused: RefusedRequest[],
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  try {
    await cluster.delete(
      { apiVersion, kind, name: metadata.name, namespace: set.namespace },
      {
        uid: String(metadata.uid),
        resourceVersion: String(metadata.resourceVersion),
        dryRun: true,
      },
      signal,
    );
  } catch (error) {
    if (!(error instanceof ClusterRefusal)) throw error;
    refused.push({ refusal: error, wanted: object });
  }
}
