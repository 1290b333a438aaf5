/** What the id of a backup tells. */
export interface BackupFacts {
  /** ISO 8601, when it was made. */
  readonly at: string;
  /** Number of the last migration in it: `0013`; `0000`: none. */
  readonly level: string;
  /** A restore made it of the database that it replaced. */
  readonly isReplaced: boolean;
}

const pattern =
  /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9A-Za-z_]{1,64})$/;
const replaced = '_replaced';
/** Years have four digits. */
const latestTime = Date.UTC(10_000, 0);

/**
 * The id of a backup: `20261122T071530123Z-0013`, and `20261122T071530123Z-0013_replaced` of what a restore replaces.
 * @param head id of the last migration in it; absent: none.
 */
export function toBackupId(
  now: Date,
  head: string | undefined,
  { isReplaced }: Pick<BackupFacts, 'isReplaced'>,
): string {
  const time = now.toISOString().replace(/[-:.]/g, '');
  const number = /^\d{1,9}(?=_|$)/.exec(head ?? '')?.[0] ?? '0000';
  return `${time}-${number}${isReplaced ? replaced : ''}`;
}

/**
 * When a backup is made: now, but later than all others, whatever the clock was set to. They are told apart, and put in
 * order, by it.
 */
export function timeOfBackup(
  now: Date,
  others: readonly Pick<BackupFacts, 'at'>[],
): Date {
  const times = others
    .map(({ at }) => Date.parse(at) + 1)
    .filter(time => time < latestTime);
  return new Date(Math.max(now.getTime(), ...times));
}

/** Undefined: no backup is called so. */
export function parseBackupId(id: string): BackupFacts | undefined {
  const found = pattern.exec(id);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, millisecond, rest] = found;
  const isReplaced = rest.endsWith(replaced);
  return {
    at: `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`,
    level: isReplaced ? rest.slice(0, -replaced.length) : rest,
    isReplaced,
  };
}
