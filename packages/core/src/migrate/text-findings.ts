import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { toFileId } from './files/file-id';
import type { DatabaseState } from './database-state';
import type { MigrationSet } from './files/migration';

/**
 * What is wrong with the text of the files; nothing is wrong with one that a database has run with these very bytes.
 *
 * @param state undefined: there is no database.
 */
export function textFindings(
  state: Pick<DatabaseState, 'file'> | undefined,
  set: MigrationSet,
): MigrationFinding[] {
  const applied = new Map(
    (state?.file?.applied ?? []).map(({ id, meta }) => [
      toFileId(id, set),
      meta?.checksum,
    ]),
  );
  return [...set.migrations, ...set.caches]
    .filter(({ id, checksum }) => applied.get(id) !== checksum)
    .flatMap(({ findings }) => findings);
}
