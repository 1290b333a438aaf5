import type { MigrationSet, SqlFile } from './migration';

/** `0001_core`: four to seven digits, an underscore, and a name. With more it would be a date. */
export const migrationName = /^(\d{4,7})_[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** The number of a migration's id (`0007_tags` is 7), also of a bare `0007`; undefined for any other text. */
export function migrationNumber(id: string): number | undefined {
  const digits = /^(\d{4,9})(?:_|$)/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A number as file names write it: `0007`. */
export function paddedNumber(number: number): string {
  return String(number).padStart(4, '0');
}

/**
 * The id of a row of `applied_migrations` as the files write it: `0001`, `0001_core` and `0001_core.sql` are all
 * `0001_core`. A bare number without a file stays as it is.
 */
export function toFileId(
  applied: string,
  { migrations }: Pick<MigrationSet, 'migrations'>,
): string {
  const id = applied.trim().replace(/\.sql$/i, '');
  if (!/^\d{4,9}$/.test(id)) return id;
  return byNumber(migrations).get(Number(id))?.id ?? id;
}

/** Each set is asked for every row: a search for each of a thousand takes seconds. */
const numbered = new WeakMap<
  readonly SqlFile[],
  ReadonlyMap<number, SqlFile>
>();

/** Of several files with one number, the first. */
function byNumber(
  migrations: readonly SqlFile[],
): ReadonlyMap<number, SqlFile> {
  const known = numbered.get(migrations);
  if (known) return known;
  const made = new Map<number, SqlFile>();
  for (const file of migrations) {
    const number = migrationNumber(file.id);
    if (number !== undefined && !made.has(number)) made.set(number, file);
  }
  numbered.set(migrations, made);
  return made;
}

/** The highest of the numbers that ids have; 0: there is none. */
export function highestNumber(ids: readonly { readonly id: string }[]): number {
  return ids.reduce(
    (highest, { id }) => Math.max(highest, migrationNumber(id) ?? 0),
    0,
  );
}

/** Ascending by number, then by name. */
export function compareIds(left: string, right: string): number {
  const difference =
    (migrationNumber(left) ?? Infinity) - (migrationNumber(right) ?? Infinity);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
