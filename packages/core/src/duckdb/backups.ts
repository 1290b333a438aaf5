import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerBackup } from '../migrate/ledger-state';
import { findWals } from './ledger-path';
import type { LedgerPlace } from './ledger-path';

const backupName = /^\d{8}T\d{9}Z-[0-9A-Za-z_]{1,64}$/;

/** Backups beside the ledger, newest first. */
export async function listBackups(place: LedgerPlace): Promise<LedgerBackup[]> {
  const prefix = `${place.name}.bak.`;
  const names = await readdir(place.folder);
  const ids = names
    .filter(name => name.startsWith(prefix))
    .map(name => name.slice(prefix.length))
    .filter(id => backupName.test(id))
    .sort()
    .reverse();
  return Promise.all(
    ids.map(async id => ({
      id,
      bytes: (await stat(backupPath(place, id))).size,
    })),
  );
}

/** Where a backup is. */
export function backupPath(place: LedgerPlace, id: string): string {
  return join(place.folder, `${place.name}.bak.${id}`);
}

/** `20261122T071530123Z-0013`: when, and the number of the last migration in it. */
export function toBackupId(now: Date, head: string | undefined): string {
  const time = now.toISOString().replace(/[-:.]/g, '');
  const number = /^\d{1,9}(?=_|$)/.exec(head ?? '')?.[0] ?? '0000';
  return `${time}-${number}`;
}

/** Removes all but the newest. */
export async function pruneBackups(
  place: LedgerPlace,
  keep: number,
): Promise<void> {
  for (const { id } of (await listBackups(place)).slice(keep)) {
    const path = backupPath(place, id);
    for (const file of [path, ...(await findWals(path))]) {
      await rm(file, { force: true });
    }
  }
}
