import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { SqlToken } from '../sql/sql-lexer';

/** What other tools call the half of a migration that takes it back. */
const downWord = '(?:down|undo|rollback|revert|downgrade)';
/** `0001_core.down.sql`, and Flyway's `U1__core.sql`. */
const downName = new RegExp(
  `\\.${downWord}(?:\\.[^/]*)?\\.sql$|(?:^|/)U\\d+(?:[._]\\d+)*__[^/]*\\.sql$`,
);
/** `0001_core_down.sql`, which may as well be a name of its own. */
const downSuffix = new RegExp(`[_-]${downWord}\\.sql$`, 'i');

/**
 * Whether a file takes back what another one does, by its name in another tool. `shut_down.sql` is only one beside
 * `shut_up.sql` or `shut.sql`.
 *
 * @param paths of all files.
 */
export function isDownFile(path: string, paths: ReadonlySet<string>): boolean {
  if (downName.test(path)) return true;
  if (!downSuffix.test(path)) return false;
  const stem = path.replace(downSuffix, '');
  return [`${stem}_up.sql`, `${stem}-up.sql`, `${stem}.sql`].some(up =>
    paths.has(up),
  );
}

/** Of the tools that keep both parts in one file: dbmate, goose, sql-migrate, node-pg-migrate, tern, MyBatis. */
const downMarkers: readonly RegExp[] = [
  /^--\s*migrate:down(?:\s|$)/i,
  /^--\s*\+\s*\w+\s+down(?:\s|$)/i,
  /^-+\s*create above\s*\/\s*drop below\s*-+/i,
  /^--\s*\/\/\s*@undo(?:\s|$)/i,
];
/** A comment that is a headline and nothing else: `-- Down Migration`, `-- === ROLLBACK ===`. */
const downHeadline = new RegExp(
  `^(?:migrate )?@?${downWord}s?(?: (?:migration|part|script|section|sql))?$|^(?:migration|section) ${downWord}$`,
);

/**
 * Finds the part of another tool's file that takes back what the part above it did: here it would run after it.
 *
 * @param tokens of the whole file.
 */
export function findDownPart(
  path: string,
  tokens: readonly SqlToken[],
): MigrationFinding[] {
  const at = tokens.findIndex(
    ({ kind, text }) => kind === 'comment' && isDownMarker(text),
  );
  const marker = tokens[at];
  const isFollowed = tokens
    .slice(at + 1)
    .some(({ kind, text }) => kind !== 'comment' && text !== ';');
  if (marker === undefined || !isFollowed) return [];
  const written = marker.text.split(/[\r\n]/)[0]?.trim() ?? '';
  return [
    {
      code: 'FILE_DOWN_PART',
      severity: 'error',
      file: path,
      line: marker.line,
      message: `what follows ${JSON.stringify(
        written.slice(0, 60),
      )} takes the migration back, and would run right after it`,
      hint: 'Remove it, from that line on: there are no down migrations here, a backup leads back (dojo restore).',
    },
  ];
}

function isDownMarker(comment: string): boolean {
  if (downMarkers.some(pattern => pattern.test(comment))) return true;
  const words = comment
    .toLowerCase()
    .replace(/[^a-z@]+/g, ' ')
    .trim();
  return downHeadline.test(words);
}
