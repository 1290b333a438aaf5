import type { ShownBackup } from 'backstage-plugin-dojo-common';
import { migrationNumber } from './files/file-id';
import type { LedgerBackup } from './ledger-state';

/**
 * A backup as a reader sees it.
 * @param known ids of migrations: a backup tells but the number of its last one.
 */
export function shownBackup(
  { id, at, level, bytes, isReplaced, isLedger }: LedgerBackup,
  known: readonly string[],
): ShownBackup {
  const number = migrationNumber(level);
  const head =
    number === undefined
      ? level
      : known.find(one => migrationNumber(one) === number) ?? level;
  return {
    id,
    at,
    ...(number !== 0 && { head }),
    bytes,
    isReplaced,
    ...(isLedger !== undefined && { isLedger }),
  };
}
