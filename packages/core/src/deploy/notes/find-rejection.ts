import { deployErrors } from '../deploy-errors';
import { notesRef } from './note-line';
import type { RejectionRepository } from './reject-version';
import { rejectionIn } from './rejection';
import type { Rejection } from './rejection';

/**
 * Whether a version is rejected already, and at which commit its note stands or would stand; writes nothing.
 *
 * @param version - the tag, as a deployment names it
 * @throws DojoError DEPLOY_VERSION_UNKNOWN.
 */
export async function findRejection(
  repository: Pick<RejectionRepository, 'display' | 'resolveTag' | 'readNote'>,
  version: string,
  signal: AbortSignal,
): Promise<{ readonly commit: string; readonly rejection?: Rejection }> {
  const commit = await repository.resolveTag(version, signal);
  if (commit === undefined) {
    throw deployErrors.versionUnknown(repository.display, version);
  }
  const note = await repository.readNote(notesRef, commit, signal);
  const rejection = rejectionIn(note, version);
  return { commit, ...(rejection && { rejection }) };
}
