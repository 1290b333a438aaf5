import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import type { ObjectKind } from '../../../cluster/cluster';
import { readRecord, recordName, sortedKinds, toRecord } from '../apply-set';
import type { SetRecord } from '../apply-set';
import { refOf } from '../cluster-state';
import type { ClusterState } from '../cluster-state';
import { fieldManager } from '../managed-fields';
import { partsOf } from '../plan-parts';
import type { ClusterRun, ClusterStep } from './cluster-run';
import { writtenEffect } from './written-effect';

/**
 * The record names all kinds of which there are objects, or will be, before the first of them is written: a run that is cut
 * leaves none that nobody finds again. It names the plan too, by which a retry knows that it goes on with what was reviewed.
 */
export function openRecordStep(
  component: string,
  decides: ClusterDecides,
): ClusterStep {
  return recordStep(component, decides, {
    key: 'record',
    text: 'Note in {} which kinds of objects belong to it, and this plan',
    isHeld: isKnown,
    wanted: ({ planHash, state }) => ({
      kinds: allKinds(state),
      plan: planHash,
      parts: partsOf(decides),
      ...(state.record?.finished !== undefined && {
        finished: state.record.finished,
      }),
    }),
  });
}

/**
 * Whether the record is as good before the run as it would be noted: it names all kinds already, nothing of an earlier plan is
 * left to go on with, and nobody reviewed this one, so that no retry asks for it by its hash.
 */
function isKnown({ state, isReviewed }: ClusterRun): boolean {
  const { record } = state;
  if (record?.plan === undefined || isReviewed) return false;
  const known = new Set(record.kinds.map(kindName));
  return (
    record.finished === record.plan &&
    allKinds(state).every(kind => known.has(kindName(kind)))
  );
}

/** The record names what is left, and that the plan was carried out to its end. */
export function closeRecordStep(
  component: string,
  decides: ClusterDecides,
): ClusterStep {
  const gone = new Set(
    decides.prunes.map(({ kind, name }) => `${kind} ${name}`),
  );
  return recordStep(component, decides, {
    key: 'end of record',
    text: 'Note in {} that the plan was carried out',
    wanted: ({ planHash, state }) => ({
      kinds: sortedKinds([
        // Where nothing is pruned nobody looked whether objects of the other kinds are left.
        ...(gone.size > 0 ? [] : state.record?.kinds ?? []),
        ...state.members.filter(
          ({ kind, metadata }) => !gone.has(`${kind} ${metadata.name}`),
        ),
        ...kindsOf(state),
      ]),
      plan: planHash,
      finished: planHash,
    }),
  });
}

function recordStep(
  component: string,
  { namespace }: ClusterDecides,
  step: {
    readonly key: string;
    readonly text: string;
    /** Whether it need not be written, as it was seen when the plan was made; default: it has to be. */
    isHeld?(run: ClusterRun): boolean;
    wanted(run: ClusterRun): SetRecord;
  },
): ClusterStep {
  const name = `ConfigMap ${recordName({ component })}`;
  return {
    key: `${step.key} ConfigMap/${namespace}/${recordName({ component })}`,
    text: step.text.replace('{}', name),
    already: false,
    toEffect(run: ClusterRun) {
      const { cluster, state } = run;
      // Read as late as it is written: what lands is known then.
      const toWrite = () => {
        const landed = run.landing();
        return toRecord(state.set, {
          ...step.wanted(run),
          ...(landed !== undefined && { landed }),
        });
      };
      return writtenEffect({
        ...(step.isHeld && { isHeld: step.isHeld(run) }),
        async write(signal) {
          // It is this program's alone: whatever somebody wrote there is put right.
          await cluster.apply(
            toWrite(),
            { manager: fieldManager, force: true },
            signal,
          );
        },
        async isDone(signal) {
          const record = toWrite();
          const found = await cluster.get(refOf(record, state.set), signal);
          const [held, wanted] = [
            found && readRecord(found),
            readRecord(record),
          ];
          return JSON.stringify(held) === JSON.stringify(wanted);
        },
        about: { wanted: toWrite() },
      });
    },
  };
}

function allKinds(state: ClusterState) {
  return sortedKinds([
    ...(state.record?.kinds ?? []),
    ...state.members,
    ...kindsOf(state),
  ]);
}

function kindName({ apiVersion, kind }: ObjectKind): string {
  return `${apiVersion} ${kind}`;
}

function kindsOf({ objects }: ClusterState) {
  return objects.map(({ wanted }) => wanted);
}
