import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import { applyErrors } from '../apply-errors';
import { identityOf } from '../cluster-state';
import type { ClusterRun, ClusterStep } from './cluster-run';

/** All objects of the overlay are as they were asked for, and not only written. */
export function rolloutStep({
  namespace,
  wait,
}: Pick<ClusterDecides, 'namespace' | 'wait'>): ClusterStep {
  return {
    key: `rollout in ${namespace}`,
    text: `Watch the rollout, ${wait} seconds at most`,
    already: false,
    toEffect(run: ClusterRun) {
      let isHealthy = false;
      return {
        find: async () => ({ kind: isHealthy ? 'as-planned' : 'absent' }),
        async create(signal) {
          const end = await run.watch(liveObjects(run), signal);
          run.onRollout(end);
          isHealthy = end.kind === 'healthy';
          if (isHealthy) return;
          const [cause] = end.causes;
          throw end.kind === 'failed' && cause !== undefined
            ? applyErrors.rolloutFailed(
                run.what,
                `${cause.object}: ${cause.sentence}`,
                cause.hint,
              )
            : applyErrors.rolloutDeadline(
                run.what,
                wait,
                cause && `${cause.object}: ${cause.sentence}`,
              );
        },
      };
    },
  };
}

/** As the cluster answered last: with UID and generation. */
function liveObjects({ state, answers }: ClusterRun) {
  return state.objects.flatMap(
    ({ wanted, live }) => answers.get(identityOf(wanted)) ?? live ?? [],
  );
}
