import { isDojoError } from 'backstage-plugin-dojo-common';
import type { GitIdentity } from 'backstage-plugin-dojo-common';
import type { NoteRepository } from '../ports';
import { formatNoteLine, notesRef, parseNote } from './note-line';
import type { NotedOutcome } from './note-outcome';

/**
 * Notes at a landing commit how what landed there came up, as somebody saw who did not land it: a change that somebody
 * merged, or that a controller brought. Where the note says so already, whoever wrote it, nothing is added, so that several
 * who watch make one line; an end that follows another one (failed, then healthy after a migration) is a line of its own.
 *
 * @returns whether it stands there now, by whomever; else why it could not be noted.
 * @throws the signal's reason, and what is no DojoError.
 */
export async function noteSeenOutcome(
  notes: Pick<NoteRepository, 'appendNote'>,
  landing: {
    readonly commit: string;
    /** Of the overlay: `ledger/staging`. */
    readonly folder: string;
    readonly author: GitIdentity;
  },
  { outcome, at, cause }: NotedOutcome,
  signal: AbortSignal,
): Promise<
  { readonly isNoted: true } | { readonly isNoted: false; readonly why: string }
> {
  const { commit, folder, author } = landing;
  const line = formatNoteLine({
    kind: 'outcome',
    folder,
    outcome,
    at: at.toISOString(),
    ...cause,
  });
  const text = (note: string | undefined) => {
    const last = parseNote(note ?? '').findLast(
      each => each.kind === 'outcome' && each.folder === folder,
    );
    return last?.kind === 'outcome' && last.outcome === outcome ? '' : line;
  };
  try {
    await notes.appendNote(
      { ref: notesRef, object: commit, text, author, date: at },
      signal,
    );
    return { isNoted: true };
  } catch (error) {
    signal.throwIfAborted();
    if (!isDojoError(error)) throw error;
    return { isNoted: false, why: error.message };
  }
}
