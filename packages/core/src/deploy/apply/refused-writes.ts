import type { DojoError } from 'backstage-plugin-dojo-common';
import type { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { applyErrors } from './apply-errors';
import type { MissingRight } from './apply-errors';
import { explainRefusal, userOf } from './explain-refusal';

/** A request that was refused, and the object that it was about. */
export interface RefusedRequest {
  readonly refusal: ClusterRefusal;
  /** Absent: it was about no single object. */
  readonly wanted?: KubernetesObject;
  readonly live?: KubernetesObject;
}

/**
 * One error for all refusals of a run, none of which wrote anything; pure. Missing rights are told together, each once, and
 * what is wrong with the namespace is told once.
 */
export function toError(requests: readonly RefusedRequest[]): DojoError {
  const errors = requests.map(request => ({
    request,
    error: explainRefusal(request.refusal, {
      wanted: request.wanted ?? namelessObject(request.refusal),
      ...(request.live && { live: request.live }),
    }),
  }));
  const whole = errors.find(({ error }) =>
    /^APPLY_NAMESPACE_/.test(error.code),
  );
  if (whole) return whole.error;
  const denied = errors.filter(({ error }) => error.code === 'APPLY_FORBIDDEN');
  const others = errors.filter(({ error }) => error.code !== 'APPLY_FORBIDDEN');
  const all = [
    ...others.map(({ error }) => error),
    ...(denied.length > 0
      ? [
          applyErrors.forbidden(
            userOf(denied[0].request.refusal.refused.message),
            missingRights(denied.map(({ request }) => request.refusal)),
          ),
        ]
      : []),
  ];
  return all.length === 1 ? all[0] : applyErrors.several(all);
}

/** Each resource once, with all verbs that were refused. */
function missingRights(refusals: readonly ClusterRefusal[]): MissingRight[] {
  const rights = new Map<string, MissingRight>();
  for (const { refused } of refusals) {
    const { resource, group, verb, object } = refused;
    const id = `${resource}.${group}`;
    const verbs = rights.get(id)?.verbs ?? [];
    rights.set(id, {
      verbs: verbs.includes(verb) ? verbs : [...verbs, verb],
      resource,
      group,
      namespace: object.namespace,
    });
  }
  return [...rights.values()];
}

/** Of a list nothing is known but the kind. */
function namelessObject({ refused }: ClusterRefusal): KubernetesObject {
  const { apiVersion, kind, name } = refused.object;
  return { apiVersion, kind, metadata: { name: name ?? 'objects' } };
}
