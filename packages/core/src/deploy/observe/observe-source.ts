import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { applyErrors } from '../apply/apply-errors';
import { memberSelector, readRecord, recordName } from '../apply/apply-set';
import type { ApplySet } from '../apply/apply-set';
import { inLanes } from '../apply/in-lanes';
import { toError } from '../apply/refused-writes';
import { assessObjects } from '../health/assess-objects';
import { namespaceOf } from '../overlay-place';
import type { DeployPorts } from '../ports';

/** Kinds whose health tells of the version; a claim that waits for its first pod is none of its fault. */
const judged = new Set(['DaemonSet', 'Deployment', 'Job', 'StatefulSet']);

/**
 * Whether what a version is promoted from is healthy there, where that environment has a cluster.
 *
 * @returns what a reader should know: that it was not looked at, and why.
 * @throws DojoError DEPLOY_SOURCE_UNHEALTHY
 */
export async function observeSource(
  request: DeploymentRequest,
  ports: Pick<DeployPorts, 'openSource' | 'clock'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { component, promoteFrom: environment } = request;
  if (environment === undefined) return [];
  const unchecked = (why: string) => [
    `whether ${component} is healthy in ${environment} was not looked at: ${why}`,
  ];
  const source = await ports.openSource?.(environment, signal);
  if (source === undefined) {
    return unchecked('no cluster is configured for it');
  }
  const { cluster, isAssumed = false } = source;
  const namespace = namespaceOf({ component, environment }, source.namespace);
  try {
    const objects = await readSet(cluster, { component, namespace }, signal);
    if (objects === undefined) {
      return unchecked(
        `mode apply deployed nothing to the namespace ${namespace} of ${cluster.name}`,
      );
    }
    const unhealthy = assessObjects(objects, ports.clock.now()).find(
      ({ status }) => status !== 'Current',
    );
    if (unhealthy === undefined) return [];
    const { kind, name, message } = unhealthy;
    throw applyErrors.sourceUnhealthy(
      component,
      environment,
      `${kind} ${name}`,
      message,
    );
  } catch (error) {
    if (
      isAssumed &&
      error instanceof ClusterRefusal &&
      error.refused.status === 403
    ) {
      return unchecked(error.message);
    }
    throw error instanceof ClusterRefusal
      ? toError([{ refusal: error }])
      : error;
  } finally {
    await cluster.dispose();
  }
}

async function readSet(
  cluster: Cluster,
  set: ApplySet,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[] | undefined> {
  const { namespace } = set;
  const found = await cluster.get(
    { apiVersion: 'v1', kind: 'ConfigMap', name: recordName(set), namespace },
    signal,
  );
  if (found === undefined) return undefined;
  const kinds = readRecord(found).kinds.filter(({ kind }) => judged.has(kind));
  const lists = await inLanes(kinds, kind =>
    cluster.list(kind, { namespace, labels: memberSelector(set) }, signal),
  );
  return lists.flat();
}
