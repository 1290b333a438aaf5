import { isDojoError } from 'backstage-plugin-dojo-common';
import type { GitIdentity } from 'backstage-plugin-dojo-common';
import type { NoteRepository } from '../ports';
import type { RolloutEnd } from '../rollout/watch-rollout';
import type { SyncEnd } from '../sync/wait-for-sync';
import { shortCause } from '../live/live-cause';
import { formatNoteLine, notesRef } from './note-line';
import type { NoteLine } from './note-line';

/** How what landed at a commit came up. */
export interface NotedOutcome {
  readonly outcome: Extract<NoteLine, { kind: 'outcome' }>['outcome'];
  /** When that was known. */
  readonly at: Date;
  /** The gravest cause, where it did not. */
  readonly cause?: { readonly code: string; readonly sentence: string };
}

/** How a run saw a landing come up. */
export interface EndToNote {
  /** Of mode apply. */
  readonly rollout?: RolloutEnd;
  /** Of the git modes. */
  readonly synced?: SyncEnd;
}

/** What is noted of it; undefined: it is not known yet. */
export function toNotedOutcome(
  { rollout, synced }: EndToNote,
  at: Date,
): NotedOutcome | undefined {
  if (rollout !== undefined) {
    const [cause] = rollout.causes;
    if (rollout.kind === 'healthy') return { outcome: 'healthy', at };
    return {
      outcome: 'failed',
      at,
      ...(cause && {
        cause: {
          code: cause.code,
          sentence: shortCause(cause),
        },
      }),
    };
  }
  switch (synced?.kind) {
    case 'done':
      return {
        outcome: synced.isHealthKnown ? 'healthy' : 'not-observed',
        at,
      };
    case 'superseded':
      return { outcome: 'superseded', at };
    case 'failed': {
      const { sentence } = synced;
      return {
        outcome: 'failed',
        at,
        cause: { code: 'DEPLOY_SYNC_FAILED', sentence },
      };
    }
    default:
      return undefined;
  }
}

/**
 * Notes at a landing commit how its rollout ended. A repository that takes no notes fails nothing: the deployment has
 * landed, and what is not known of it later is only how it went.
 *
 * @returns why it could not be noted; undefined: it is.
 * @throws the signal's reason, and what is no DojoError.
 */
export async function noteOutcome(
  notes: Pick<NoteRepository, 'appendNote'>,
  landing: {
    readonly commit: string;
    /** Of the overlay: a landing may change several. */
    readonly folder: string;
    readonly author: GitIdentity;
  },
  { outcome, at, cause }: NotedOutcome,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { commit, folder, author } = landing;
  const text = formatNoteLine({
    kind: 'outcome',
    folder,
    outcome,
    at: at.toISOString(),
    ...cause,
  });
  try {
    await notes.appendNote(
      { ref: notesRef, object: commit, text, author, date: at },
      signal,
    );
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (!isDojoError(error)) throw error;
    return `how the rollout ended could not be noted at the commit, so that nobody knows it later: ${error.message}`;
  }
}
