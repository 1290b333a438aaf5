/** One column of a {@link textTable}. */
export interface TextColumn {
  readonly title: string;
  /** Numbers go to the right; default left. */
  readonly align?: 'left' | 'right';
}

const gap = '  ';

/**
 * Rows under their titles, indented by two. Columns are as wide as what is in them; one that is empty in every row is
 * left out, and nothing is written after the last word of a line.
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  const shown = columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ at }) => rows.some(row => row[at] !== ''))
    .map(column => ({
      ...column,
      width: Math.max(
        ...[column.title, ...rows.map(row => row[column.at])].map(
          text => [...text].length,
        ),
      ),
    }));
  const titles = columns.map(({ title }) => title);
  return [titles, ...rows].map(row =>
    `${gap}${shown
      .map(({ at, align, width }) => pad(row[at], width, align))
      .join(gap)}`.trimEnd(),
  );
}

function pad(text: string, width: number, align: TextColumn['align']): string {
  const space = ' '.repeat(width - [...text].length);
  return align === 'right' ? space + text : text + space;
}
