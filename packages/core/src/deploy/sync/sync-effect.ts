import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import type { Found } from '../../effect/effect';
import type { EffectStep } from '../../effect/effect-step';
import type { InfraRepository } from '../ports';
import { syncErrors } from './sync-errors';
import { describeSync } from './sync-source';
import type { SyncVerdict } from './sync-verdict';
import { readSync, waitForSync } from './wait-for-sync';
import type { SyncEnd, WaitForSyncOptions } from './wait-for-sync';

/** What waiting for a controller is made from once it is settled. */
export interface SyncRun
  extends Pick<WaitForSyncOptions, 'cluster' | 'clock' | 'timer' | 'log'> {
  readonly infra: Pick<InfraRepository, 'readTree' | 'readHistory'>;
  /** The commit that has the overlay; undefined: nothing has landed. */
  landing(): string | undefined;
  /** Called once the wait has ended, well or not. */
  onSync(end: SyncEnd): void;
}

/** Argo CD or Flux has brought the landing up. Nothing is written: it is only waited for. */
export function syncStep({
  folder,
  sync,
}: {
  readonly folder: string;
  readonly sync: NonNullable<DeploymentDecides['sync']>;
}): EffectStep<SyncRun> {
  const { wait, ...source } = sync;
  const name = describeSync(source);
  return {
    key: `sync ${name}`,
    text: `Wait until ${name} has brought it up, ${wait} seconds at most`,
    already: false,
    toEffect(run) {
      let end: SyncEnd | undefined;
      const options = () => {
        const commit = run.landing();
        if (commit === undefined) throw new Error('nothing has landed');
        const { cluster, infra } = run;
        return { cluster, infra, source, landing: { commit, folder } };
      };
      return {
        async find(signal) {
          if (end !== undefined) return foundAt(end);
          const verdict = await readSync(options(), signal);
          if (verdict.kind !== 'done' && verdict.kind !== 'superseded') {
            return { kind: 'absent' };
          }
          end = endOf(verdict, name);
          run.onSync(end);
          return foundAt(end);
        },
        async create(signal) {
          const { clock, timer, log } = run;
          const deadline = new Date(clock.now().getTime() + wait * 1_000);
          end = await waitForSync(
            { ...options(), clock, timer, log, deadline },
            signal,
          );
          run.onSync(end);
          if (end.kind === 'failed') throw syncErrors.failed(end.sentence);
        },
      };
    },
  };
}

function endOf(
  verdict: Extract<SyncVerdict, { kind: 'done' | 'superseded' }>,
  name: string,
): SyncEnd {
  const { kind, commit, detail } = verdict;
  return {
    kind,
    commit,
    sentence: `${name} ${detail}`,
    isHealthKnown: kind === 'done' && verdict.isHealthKnown,
  };
}

function foundAt({ kind, sentence }: SyncEnd): Found {
  switch (kind) {
    case 'done':
      return { kind: 'as-planned' };
    case 'superseded':
      return {
        kind: 'different',
        detail: `does not bring it up: ${sentence}`,
        hint: 'Somebody has changed the overlay since; look at what is there now.',
      };
    case 'waiting':
      return { kind: 'pending', detail: `waits: ${sentence}` };
    default:
      return { kind: 'absent' };
  }
}
