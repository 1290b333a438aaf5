import type { DatabaseContents } from './database-contents';
import type { Change } from './read-changes';
import { tellRows } from './tell-rows';
import { tellViews } from './tell-views';

/** Sentences that a plan shows of each of the two; a screenful. */
const maxSentences = 20;

/**
 * What changes take away of what a database holds, and which of its views they may break, as far as their text tells.
 * A rehearsal knows it exactly; here, what is not known is said to be so.
 */
export function tellLosses(
  changes: readonly Change[],
  contents: DatabaseContents,
): string[] {
  return [
    ...cut(
      tellRows(
        // A cache is derived again.
        changes.filter(({ isCache }) => !isCache),
        contents.tables,
      ),
      'statements that take rows away',
    ),
    ...cut(tellViews(changes, contents), 'views that may break'),
  ];
}

function cut(sentences: readonly string[], what: string): string[] {
  const more = sentences.length - maxSentences;
  return more <= 0
    ? [...sentences]
    : [
        ...sentences.slice(0, maxSentences),
        `${more} more ${what}: a rehearsal names them`,
      ];
}
