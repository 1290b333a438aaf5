import type { Cluster } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { refOf } from './cluster-state';
import type { ObservedObject } from './cluster-state';
import type { ApplySet } from './apply-set';
import { managersOf } from './explain-refusal';
import { isAlreadyApplied } from './is-already-applied';
import { fieldManager, isClientSideManager } from './managed-fields';
import { withHeldClaimFields } from './held-claim-fields';
import { withoutScaledReplicas } from './wanted-object';

/** What the dry run of an object came to. */
export type DryRun =
  | {
      readonly kind: 'passed';
      readonly observed: ObservedObject;
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'refused';
      readonly refusal: ClusterRefusal;
      readonly wanted: KubernetesObject;
      readonly live?: KubernetesObject;
    };

/** What {@link dryRunApply} needs beside the object. */
export interface DryRunContext {
  readonly cluster: Cluster;
  readonly set: ApplySet;
  /** Objects that an autoscaler of the overlay scales. */
  readonly autoscaled: ReadonlySet<string>;
  /** Whether fields are taken from whoever owns them. */
  readonly takeover: boolean;
}

/**
 * What the API server would make of an object. One that is proven to be as it is to be applied is not sent. One that the list
 * by label did not show, and that was there before, is read: it was made by somebody else. Conflicts with what client-side `kubectl apply` left are none, since that is taken over
 * first.
 *
 * @throws DojoError what the cluster throws where it did not answer.
 */
export async function dryRunApply(
  rendered: KubernetesObject,
  listed: KubernetesObject | undefined,
  context: DryRunContext,
  signal: AbortSignal,
): Promise<DryRun> {
  const { cluster, set, autoscaled, takeover } = context;
  let live = listed;
  const over = (found: KubernetesObject | undefined) =>
    withHeldClaimFields(
      withoutScaledReplicas(rendered, found, autoscaled),
      found,
    );
  let wanted = over(live);
  if (live !== undefined && isAlreadyApplied(wanted, live)) {
    return {
      kind: 'passed',
      observed: { wanted, live, expected: live },
      warnings: [],
    };
  }
  const readLive = async () => {
    live ??= await cluster.get(refOf(rendered, set), signal);
    return live;
  };
  const attempt = async (force: boolean) =>
    answerOf(
      cluster.apply(
        wanted,
        { manager: fieldManager, dryRun: true, force },
        signal,
      ),
    );

  let answer = await attempt(takeover);
  if (answer instanceof ClusterRefusal && mayLive(answer)) {
    wanted = over(await readLive());
    const managers = managersOf(answer);
    if (managers.length > 0 && managers.every(isClientSideManager)) {
      answer = await attempt(true);
    }
  }
  if (
    live === undefined &&
    !(answer instanceof ClusterRefusal) &&
    livedBefore(answer.object)
  ) {
    const found = await readLive();
    const held = over(found);
    if (held !== rendered) {
      wanted = held;
      answer = await attempt(takeover);
    }
  }
  if (answer instanceof ClusterRefusal) {
    return {
      kind: 'refused',
      refusal: answer,
      wanted,
      ...(live && { live }),
    };
  }
  const { object: expected, warnings } = answer;
  return {
    kind: 'passed',
    observed: { wanted, expected, ...(live && { live }) },
    warnings,
  };
}

/** What is only made has no version yet. */
function livedBefore({ metadata }: KubernetesObject): boolean {
  const { resourceVersion } = metadata;
  return typeof resourceVersion === 'string' && resourceVersion !== '';
}

/** Refusals that are about what is there. */
function mayLive({ refused }: ClusterRefusal): boolean {
  return refused.status === 409 || refused.status === 422;
}

async function answerOf<T>(answer: Promise<T>): Promise<T | ClusterRefusal> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClusterRefusal) return error;
    throw error;
  }
}
