import { toPrintable } from '../../text/to-printable';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { current, failed, inProgress, unknown } from './health';
import type { Health } from './health';
import type { HealthContext } from './health-context';
import { conditionsOf, textAt } from './object-fields';

/** Set by the scheduler when a pod that uses the claim has found its node: the claim waits no longer. */
const selectedNode = 'volume.kubernetes.io/selected-node';
const firstConsumer = 'WaitForFirstConsumer';

/**
 * A PersistentVolumeClaim. Other than kstatus: one that waits for its first consumer, which its class tells, or without it an event or a condition,
 * is as it should be, since the pod that is to use it waits for nothing else; and a lost one has failed.
 */
export function claimHealth(
  claim: KubernetesObject,
  context: HealthContext,
): Health {
  const phase = textAt(claim, 'status', 'phase') ?? '';
  switch (phase) {
    case 'Bound':
      return current(
        'Bound',
        `the claim is bound to ${
          textAt(claim, 'spec', 'volumeName') ?? 'a volume'
        }`,
      );
    case 'Lost':
      return failed('Lost', 'the volume of the claim is gone');
    case 'Pending':
    case '':
      return pendingHealth(claim, phase, context);
    default:
      return unknown(
        'ClaimPhaseUnknown',
        `the claim's phase is ${toPrintable(phase)}`,
      );
  }
}

function pendingHealth(
  claim: KubernetesObject,
  phase: string,
  context: HealthContext,
): Health {
  const storageClass = context.storageClassOf(claim);
  const events = context.eventsOf(claim);
  const last = (reason: string) =>
    events.filter(event => textAt(event, 'reason') === reason).at(-1);
  const mode = textAt(storageClass, 'volumeBindingMode');
  const waits =
    mode === firstConsumer ||
    (storageClass === undefined &&
      (last(firstConsumer) !== undefined ||
        conditionsOf(claim).some(({ reason }) => reason === firstConsumer)));
  const node = textAt(claim.metadata, 'annotations', selectedNode);
  const unable = last('ProvisioningFailed') ?? last('FailedBinding');
  if (phase === 'Pending' && waits && node === undefined) {
    return current(
      firstConsumer,
      'the claim gets its volume when the first pod uses it',
    );
  }
  if (unable !== undefined) {
    return inProgress(
      textAt(unable, 'reason') ?? 'NotBound',
      toPrintable(textAt(unable, 'message') ?? 'no volume can be made'),
    );
  }
  return inProgress(
    'NotBound',
    phase === ''
      ? 'no controller has seen the claim yet'
      : 'the claim has no volume yet',
  );
}
