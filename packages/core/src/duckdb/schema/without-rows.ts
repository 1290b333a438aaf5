import type { SqlFile, SqlStatement } from '../../migrate/files/migration';
import { lexSql } from '../../migrate/sql/sql-lexer';
import { depths, isText } from '../../migrate/sql/token-cursor';

const reads =
  /^(?:SELECT|FROM|VALUES|TABLE|WITH|EXPLAIN|SHOW|DESCRIBE|SUMMARIZE|PIVOT|UNPIVOT|CHECKPOINT|FORCE CHECKPOINT|VACUUM|ANALYZE)\b/;

/**
 * A statement as it makes its part of the schema and no row: a check changes none, and may not take as long as the run
 * did.
 *
 * @returns undefined: it makes nothing of the schema.
 */
export function withoutRows({
  verb,
  kind,
  text,
}: SqlStatement): string | undefined {
  if (kind === 'dml' || reads.test(verb)) return undefined;
  return isFilledTable(verb, text) ? `${text}\nWITH NO DATA` : text;
}

/** `CREATE TABLE t AS SELECT …`, which does not say already whether it takes rows. */
function isFilledTable(verb: string, text: string): boolean {
  if (!/^CREATE(?: .*)? TABLE$/.test(verb)) return false;
  const tokens = lexSql(text).tokens.filter(({ kind }) => kind !== 'comment');
  const deep = depths(tokens);
  const isAs = tokens.some(
    (token, at) => deep[at] === 0 && isText(token, 'AS'),
  );
  return isAs && !isText(tokens.at(-1), 'DATA');
}

const needsRows =
  /\bPIVOT\b|\bENUM\s*\(\s*(?:\(\s*){0,100}(?:SELECT|FROM|WITH|VALUES)\b|\bquery(?:_table)?\s*\(/i;

/** The place of the first statement whose part of the schema depends on rows; undefined: there is none. */
export function findNeedOfRows(files: readonly SqlFile[]): string | undefined {
  for (const { path, statements } of files) {
    const found = statements.find(
      ({ kind, text, verb }) =>
        (kind === 'ddl' && needsRows.test(text)) || verb.startsWith('EXECUTE'),
    );
    if (found) return `${path}:${found.line}`;
  }
  return undefined;
}
