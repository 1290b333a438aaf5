import { isDojoError } from 'backstage-plugin-dojo-common';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import { liveErrors } from './live-errors';

/** A failure of reading an environment's cluster, in the words of the page. What is none of a cluster stays what it is. */
export function explainSilence(environment: string, error: unknown): unknown {
  if (error instanceof ClusterRefusal) {
    const { status, verb, resource } = error.refused;
    if (status === 401) return liveErrors.tokenRefused(environment, error);
    return status === 403
      ? liveErrors.rightMissing(environment, `${verb} ${resource}`, error)
      : liveErrors.silent(environment, error.message, error);
  }
  if (!isDojoError(error)) return error;
  if (error.code === 'CLUSTER_UNAUTHORIZED') {
    return liveErrors.tokenRefused(environment, error);
  }
  if (error.code !== 'CLUSTER_UNREACHABLE') return error;
  // `cluster eu (10.0.0.1:6443): nobody listens there`
  const said = error.message.slice(error.message.indexOf('): ') + 3);
  const why = said === 'nobody listens there' ? 'connection refused' : said;
  return liveErrors.silent(environment, why, error);
}
