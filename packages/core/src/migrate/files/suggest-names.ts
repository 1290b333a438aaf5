import { migrationName, migrationNumber, paddedNumber } from './file-id';

/** A file that is to be renamed, as its path tells. */
interface Misnamed {
  readonly path: string;
  readonly folder: string;
  /** Digits that its name begins with, in the order in which other tools run them; empty: it has none. */
  readonly digits: readonly number[];
  /** What of the name is to stay. */
  readonly rest: string;
}

/** As many digits as a number of a sequence never has: a date, or seconds since 1970. */
const timeDigits = 8;

/** Whether a name is numbered by a time, as other tools do: `20260101120000_core.sql`. */
export function isNumberedByTime(path: string): boolean {
  return new RegExp(`^[vV]?\\d{${timeDigits},}(?!\\d)`).test(bareName(path));
}

/**
 * Names for files that have no name of ours, which can all be followed together: no two are the same or have one number,
 * none has the number of a migration that is there, and the order of their own numbers stays. A number that is there is
 * kept where that is so.
 *
 * @param paths of all files.
 * @param misnamed those of them that need a name.
 */
export function suggestNames(
  paths: readonly string[],
  misnamed: readonly string[],
): ReadonlyMap<string, string> {
  const files = misnamed.map(readMisnamed).sort(byDigits);
  const numbered = files.filter(
    ({ folder, digits }) => folder === '' && digits.length > 0,
  );
  const renamed = new Set(misnamed);
  const taken = paths.flatMap(path => {
    const isThere = !renamed.has(path) && migrationName.test(path.slice(0, -4));
    return isThere ? [migrationNumber(path) ?? 0] : [];
  });
  const kept = numbered.map(({ digits }) => digits[0] as number);
  const canKeep =
    numbered.every(
      ({ path, digits }) => digits.length === 1 && !isNumberedByTime(path),
    ) &&
    !kept.includes(0) &&
    new Set([...kept, ...taken]).size === kept.length + new Set(taken).size;
  let last = Math.max(0, ...taken, ...(canKeep ? kept : []));
  return new Map(
    files.map(({ path, folder, digits, rest }) => {
      if (folder !== '') return [path, `${folder}${rest}.sql`];
      const keeps = canKeep && digits.length > 0;
      const number = keeps ? (digits[0] as number) : (last += 1);
      return [path, `${paddedNumber(number)}_${rest}.sql`];
    }),
  );
}

function readMisnamed(path: string): Misnamed {
  const folder = /^caches?\//i.test(path) ? 'caches/' : '';
  const [, digits = '', rest = ''] =
    /^[vV]?(\d+(?:[._]\d+)*)?(.*)$/s.exec(bareName(path)) ?? [];
  const name =
    rest
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toLowerCase() || 'change';
  return {
    path,
    folder,
    digits: digits === '' ? [] : digits.split(/[._]/).map(Number),
    rest: folder === '' ? name : [digits, name].filter(Boolean).join('_'),
  };
}

/** Those with numbers first, by them: `V1.2` stands before `V1.10`. */
function byDigits(left: Misnamed, right: Misnamed): number {
  const length = Math.max(left.digits.length, right.digits.length);
  for (let at = 0; at < length; at += 1) {
    const difference =
      (left.digits[at] ?? (at === 0 ? Infinity : -1)) -
      (right.digits[at] ?? (at === 0 ? Infinity : -1));
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return left.path < right.path ? -1 : 1;
}

function bareName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.sql$/i, '');
}
