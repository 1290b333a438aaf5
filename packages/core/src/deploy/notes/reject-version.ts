import type { GitIdentity } from 'backstage-plugin-dojo-common';
import { deployErrors } from '../deploy-errors';
import type { BaseRepository, NoteRepository } from '../ports';
import { isSameTag } from '../history/previous-version';
import { formatNoteLine, notesRef, parseNote } from './note-line';
import { rejectionIn } from './rejection';
import type { Rejection } from './rejection';

/** The service's repository, as far as a rejection needs it. */
export type RejectionRepository = Pick<
  BaseRepository,
  'display' | 'resolveTag'
> &
  Pick<NoteRepository, 'appendNote' | 'readNote'>;

/** Which version is rejected, by whom and why. */
export interface RejectionRequest {
  /** The tag, as a deployment names it. */
  readonly version: string;
  /** Entity ref of who rejects it, or the author of a commit. */
  readonly by: string;
  /** In a sentence; more than 500 characters are cut. */
  readonly reason: string;
}

/** What came of it. */
export interface RejectedVersion {
  /** `already`: it was rejected before, and nothing was added. */
  readonly outcome: 'rejected' | 'already';
  /** The tagged commit, at which the note stands. */
  readonly commit: string;
  /** What stands in the note: of who was first. */
  readonly rejection: Rejection;
}

/**
 * Notes at a version's commit that it is not to be deployed: from then on it is refused by version and by promotion, never as
 * the way back. One note a version: whoever comes later, or at the same time, finds the one that is there.
 *
 * @throws DojoError DEPLOY_VERSION_UNKNOWN, DEPLOY_REASON_MISSING; GIT_LEASE_LOST and GIT_PUSH_REJECTED as the port says.
 */
export async function rejectVersion(
  repository: RejectionRepository,
  request: RejectionRequest,
  {
    author,
    at,
    signal,
  }: {
    /** Of the commit that holds the note. */
    readonly author: GitIdentity;
    readonly at: Date;
    readonly signal: AbortSignal;
  },
): Promise<RejectedVersion> {
  const { version, by } = request;
  const reason = request.reason.replace(/\s+/g, ' ').trim();
  if (reason === '') throw deployErrors.rejectionReason(version);
  const commit = await repository.resolveTag(version, signal);
  if (commit === undefined) {
    throw deployErrors.versionUnknown(repository.display, version);
  }
  let isAdded = false;
  await repository.appendNote(
    {
      ref: notesRef,
      object: commit,
      text: note => {
        isAdded = rejectionIn(note, version) === undefined;
        if (!isAdded) return '';
        const after = new Date(
          Math.max(at.getTime(), lastIn(note, version) + 1),
        );
        return formatNoteLine({
          kind: 'rejected',
          version,
          by,
          at: after.toISOString(),
          reason,
        });
      },
      author,
      date: at,
    },
    signal,
  );
  const note = await repository.readNote(notesRef, commit, signal);
  const rejection = rejectionIn(note, version);
  // Somebody took it back in between: nothing else takes a line away.
  if (rejection === undefined) throw deployErrors.rejectionTakenBack(version);
  return { outcome: isAdded ? 'rejected' : 'already', commit, rejection };
}

/** When the version was rejected or accepted last: by a clock before that of another machine, a line would not count. */
function lastIn(note: string | undefined, version: string): number {
  const times = parseNote(note ?? '').flatMap(line =>
    line.kind !== 'outcome' && isSameTag(line.version, version)
      ? [Date.parse(line.at)]
      : [],
  );
  return Math.max(-1, ...times);
}
