import { placeholders } from './databaseFile';

/** Whether two paths with placeholders can name one file, each for a component of its own. */
export function canBeOneFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map(toPieces);
  // Row by row of the table "the first i pieces of one and the first j of the other can be the same text".
  let row = second.map((_, j) => second.slice(0, j).every(isName));
  row.push(second.every(isName));
  for (const piece of first) {
    const next = [row[0] && isName(piece)];
    for (const [j, against] of second.entries()) {
      next.push(
        (isName(piece) && (row[j + 1] || (next[j] && fits(against)))) ||
          (isName(against) && (next[j] || (row[j + 1] && fits(piece)))) ||
          (piece === against && row[j]),
      );
    }
    row = next;
  }
  return row[second.length];
}

/** Letters and placeholders; a file system may take capitals for small letters. */
function toPieces(file: string): string[] {
  return file.toLowerCase().match(/\{[^}]*\}|[^]/gu) ?? [];
}

function isName(piece: string): boolean {
  return placeholders.includes(piece);
}

/** Whether a piece can be part of a name. */
function fits(piece: string): boolean {
  return isName(piece) || /[a-z0-9._-]/.test(piece);
}
