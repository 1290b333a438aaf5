import type { ShownBackup } from 'backstage-plugin-dojo-common';
import { migrationNumber } from './file-id';
import type { LedgerBackup } from './ledger-state';
import type { MigrationSet } from './migration';

const backupId =
  /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9A-Za-z_]+)$/;

/** A backup in words: its id tells when it was made and how far it was migrated. */
export function shownBackup(
  { id, bytes }: LedgerBackup,
  { migrations }: MigrationSet,
): ShownBackup {
  const [, year, month, day, hour, minute, second, milliseconds, level = ''] =
    backupId.exec(id) ?? [];
  const head =
    migrations.find(
      file =>
        file.id === level ||
        migrationNumber(file.id) === migrationNumber(level),
    )?.id ?? level;
  return {
    id,
    at: `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`,
    ...(migrationNumber(level) === 0 || head === '' ? {} : { head }),
    bytes,
  };
}
