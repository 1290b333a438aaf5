import { isDojoError } from 'backstage-plugin-dojo-common';
import { isSameVersion } from '../history/landed-version';
import type { LandedVersion } from '../history/landed-version';
import { notesRef, parseNote } from '../notes/note-line';
import { rejectionIn } from '../notes/rejection';
import type { Rejection } from '../notes/rejection';
import type { BaseRepository, InfraRepository } from '../ports';

/** Landings whose notes are looked at; what is older is gone back to by name. */
const maxNoted = 200;

/** Who rejected a version of the service; undefined: nobody did. Throws what the port throws. */
export async function observeRejection(
  base: BaseRepository,
  { tag, commit }: { readonly tag?: string; readonly commit: string },
  signal: AbortSignal,
): Promise<Rejection | undefined> {
  const [note] = await base.readNotes(notesRef, [commit], signal);
  return rejectionIn(note, tag);
}

/** Which of the versions that landed may be gone back to. */
export interface FitVersions {
  readonly isFit: (landed: LandedVersion) => boolean;
  /** Of notes that could not be read: a rollback is never held back by them. */
  readonly warnings: readonly string[];
}

/**
 * Reads which versions were rejected, and which were watched and never came up. A version that nobody watched counts as one
 * that did.
 *
 * @param landed - newest first.
 * @param folder - of the overlay: a landing may change several, each with an end of its own.
 */
export async function observeFitVersions(
  {
    infra,
    base,
  }: { readonly infra: InfraRepository; readonly base: BaseRepository },
  landed: readonly LandedVersion[],
  folder: string,
  signal: AbortSignal,
): Promise<FitVersions> {
  const warnings: string[] = [];
  const looked = landed.slice(0, maxNoted);
  const readAll = async (
    repository: InfraRepository | BaseRepository,
    objects: readonly string[],
  ) => {
    const asked = [...new Set(objects)];
    try {
      const notes = await repository.readNotes(notesRef, asked, signal);
      return new Map(asked.map((object, at) => [object, notes[at]]));
    } catch (error) {
      signal.throwIfAborted();
      if (!isDojoError(error)) throw error;
      warnings.push(`the notes could not be read: ${error.message}`);
      return new Map<string, string | undefined>();
    }
  };
  const ofVersions = await readAll(
    base,
    looked.map(({ version }) => version.commit),
  );
  const ofLandings = await readAll(
    infra,
    looked.map(({ infraCommit }) => infraCommit),
  );
  const ends = looked.flatMap(each => {
    const lines = parseNote(ofLandings.get(each.infraCommit) ?? '');
    return lines.flatMap(line =>
      line.kind === 'outcome' && line.folder === folder
        ? [{ version: each.version, outcome: line.outcome }]
        : [],
    );
  });
  return {
    isFit: ({ version }) => {
      const { commit, tag } = version;
      if (rejectionIn(ofVersions.get(commit), tag) !== undefined) return false;
      const own = ends.filter(end => isSameVersion(end.version, version));
      const hasFailed = own.some(({ outcome }) => outcome === 'failed');
      return !hasFailed || own.some(({ outcome }) => outcome === 'healthy');
    },
    warnings,
  };
}
