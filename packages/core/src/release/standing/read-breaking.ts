import { posix } from 'node:path';
import type { StandingRepository } from './ports';
import type { StandingRelease } from './standing';

/** Migrations whose text is looked at in one reading: the newest ones. */
const maxMigrations = 1_000;
/** Files that are held at once. */
const filesAtOnce = 100;
/** Bytes of a file; a longer one is a load of rows, and counts as one that takes nothing away. */
const maxBytes = 256 * 1024;

/** A version that is read, with the migrations that it packs. */
export interface PackedMigrations {
  readonly commit: string;
  /** Ids, oldest first; absent: it has no folder of them. */
  readonly migrations: readonly string[] | undefined;
}

/**
 * Which of the migrations take away what earlier versions read. Of the text of a migration only the first reading counts: a
 * released one does not change. Linear in migrations and versions.
 *
 * @param open - versions to read, newest first
 * @param known - versions whose migrations were read before
 * @throws DojoError as the repository is read.
 */
export async function readBreaking(
  folder: string,
  repository: StandingRepository,
  open: readonly PackedMigrations[],
  {
    known,
    breaks,
    signal,
  }: {
    readonly known: readonly StandingRelease[];
    readonly breaks: (sql: string) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<ReadonlySet<string>> {
  const breaking = new Set(
    known.flatMap(({ breakingMigrations = [] }) => breakingMigrations),
  );
  const seen = new Set(known.flatMap(({ migrations = [] }) => migrations));
  let room = maxMigrations;
  for (const { commit, migrations = [] } of open) {
    const fresh = migrations.filter(id => !seen.has(id));
    fresh.forEach(id => seen.add(id));
    const read = room === 0 ? [] : fresh.slice(-room);
    room -= read.length;
    for (let start = 0; start < read.length; start += filesAtOnce) {
      const ids = read.slice(start, start + filesAtOnce);
      const files = await repository.readFiles(
        commit,
        ids.map(id => posix.join(folder, `${id}.sql`)),
        () => maxBytes,
        signal,
      );
      ids.forEach((id, at) => {
        const file = files[at];
        if (file.kind === 'text' && breaks(file.text)) breaking.add(id);
      });
    }
  }
  return breaking;
}
