/** What a database has and a backup of it has not: what is lost where that is put back. */
export interface WrittenSince {
  /** Rows of each table that are not in the backup as they are now; only tables with any. */
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** How many tables were not compared, since they are too large or their columns do not compare. */
  readonly left: number;
}

const shownTables = 5;

/**
 * `Lost with it: 14 rows of transactions written since.`
 *
 * @param written undefined: the two could not be compared.
 * @returns undefined: nothing is lost.
 */
export function tellWrittenSince(
  written: WrittenSince | undefined,
): string | undefined {
  if (written === undefined) {
    return 'What is lost with it is not known: the database and the backup could not be compared.';
  }
  const tables = [...written.tables].sort(
    (one, other) => other.rows - one.rows || (one.name < other.name ? -1 : 1),
  );
  const more = tables.length - shownTables;
  const parts = [
    ...tables
      .slice(0, shownTables)
      .map(({ name, rows }) => `${counted(rows, 'row')} of ${name}`),
    ...(more > 0 ? [counted(more, 'more table')] : []),
  ];
  const left =
    written.left === 0
      ? ''
      : `${counted(written.left, 'table')} ${
          written.left === 1 ? 'was' : 'were'
        } not compared.`;
  if (parts.length === 0) {
    return left === ''
      ? undefined
      : `What is lost with it is not all known: ${left}`;
  }
  const last = parts.pop()!;
  const list = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `Lost with it: ${list} written since.${left && ` ${left}`}`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
