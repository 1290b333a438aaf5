import type { DatabaseStatus } from 'backstage-plugin-dojo-common';
import { compareIds } from './files/file-id';
import type { BackupFacts } from './backup-id';

type Managed = Extract<DatabaseStatus, { kind: 'managed' }>;

/** A migration, and when it was applied. */
export type DatedMigration = Managed['applied'][number];

/**
 * The restores that a database has seen, oldest first, as the backups tell that each made of what it replaced. The level
 * before is that of this backup. The level after is what the present migrations were then, for the last restore; for one
 * before it, the level of the next backup that was made.
 *
 * Pure.
 */
export function restoresOf(
  backups: readonly (BackupFacts & { readonly id: string })[],
  applied: readonly DatedMigration[],
): Managed['restores'] {
  const inOrder = [...backups].sort((one, other) =>
    one.at < other.at ? -1 : 1,
  );
  const restores = inOrder.filter(({ isReplaced }) => isReplaced);
  const named = (level: string) => {
    if (level === '0000') return 'empty';
    return (
      applied.find(({ id }) => id === level || id.startsWith(`${level}_`))
        ?.id ?? level
    );
  };
  return restores.map(restore => {
    const next = inOrder.find(({ at }) => at > restore.at);
    const isLast = restore === restores.at(-1);
    const to = isLast
      ? levelAt(applied, restore.at)
      : next && named(next.level);
    return {
      backup: restore.id,
      at: restore.at,
      from: named(restore.level),
      ...(to !== undefined && { to }),
    };
  });
}

/** Of those that were applied by then; undefined: of some it is not known. */
function levelAt(
  applied: readonly DatedMigration[],
  time: string,
): string | undefined {
  if (applied.some(({ at }) => at === undefined)) return undefined;
  return (
    applied
      .filter(({ at }) => at! <= time)
      .map(({ id }) => id)
      .sort(compareIds)
      .at(-1) ?? 'empty'
  );
}
