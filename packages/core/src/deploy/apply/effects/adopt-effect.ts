import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import { adoptedManagers, adoptionPatch } from '../adopt-fields';
import { refOf } from '../cluster-state';
import { fieldManager } from '../managed-fields';
import type { ClusterRun, ClusterStep } from './cluster-run';
import { observedOf } from './observed-of';
import { writtenEffect } from './written-effect';

/** Fields that client-side `kubectl apply` owns become this program's: the next effect may then take away what is left over. */
export function adoptStep(
  adopted: ClusterDecides['adopts'][number],
  { namespace, takeover }: Pick<ClusterDecides, 'namespace' | 'takeover'>,
): ClusterStep {
  const { kind, name, managers } = adopted;
  return {
    key: `fields of ${kind}/${namespace}/${name}`,
    text: `Take over the fields of ${kind} ${name} from ${managers.join(
      ' and ',
    )}; no value changes by it`,
    already: false,
    toEffect(run: ClusterRun) {
      const { wanted, live } = observedOf(adopted, run.state);
      const ref = refOf(wanted, run.state.set);
      return writtenEffect({
        async write(signal) {
          if (live === undefined) return;
          await run.cluster.patch(
            ref,
            adoptionPatch(live),
            { manager: fieldManager },
            signal,
          );
          // What was in the way of the first dry run is gone; what it hid is found before anything is applied.
          await run.cluster.apply(
            wanted,
            { manager: fieldManager, dryRun: true, force: takeover },
            signal,
          );
        },
        async isDone(signal) {
          const found = await run.cluster.get(ref, signal);
          return found === undefined || adoptedManagers(found).length === 0;
        },
        about: { wanted, ...(live && { live }) },
      });
    },
  };
}
