import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import { changedObjects } from '../plan-cluster';
import { identityOf, refOf } from '../cluster-state';
import { fieldManager } from '../managed-fields';
import type { ClusterRun, ClusterStep } from './cluster-run';
import { observedOf } from './observed-of';
import { writtenEffect } from './written-effect';

/** One object is as the overlay has it, by server-side apply. */
export function applyStep(
  write: ClusterDecides['writes'][number],
  { namespace, takeover }: Pick<ClusterDecides, 'namespace' | 'takeover'>,
): ClusterStep {
  const { kind, name, change } = write;
  return {
    key: `${kind}/${namespace}/${name}`,
    text: `${change === 'created' ? 'Create' : 'Change'} ${kind} ${name}`,
    already: false,
    toEffect(run: ClusterRun) {
      const { cluster, state, answers } = run;
      const { wanted, live } = observedOf(write, state);
      const options = { manager: fieldManager, force: takeover };
      return writtenEffect({
        async write(signal) {
          const { object, warnings } = await cluster.apply(
            wanted,
            options,
            signal,
          );
          answers.set(identityOf(wanted), object);
          for (const warning of warnings) {
            run.log(`${kind} ${name}: ${warning}`);
          }
        },
        async isDone(signal) {
          const found = await cluster.get(refOf(wanted, state.set), signal);
          if (found === undefined) return false;
          const { object: expected } = await cluster.apply(
            wanted,
            { ...options, dryRun: true },
            signal,
          );
          const isDone =
            changedObjects([{ wanted, live: found, expected }]).length === 0;
          if (isDone) answers.set(identityOf(wanted), found);
          return isDone;
        },
        about: { wanted, ...(live && { live }) },
      });
    },
  };
}
