import type { AlterFacts } from '../sql/read-alter';
import type { TrackedTable } from './schema-tracker';
import type { SqlToken } from '../sql/sql-lexer';
import {
  comparedName,
  isText,
  splitName,
  TokenCursor,
  toSql,
} from '../sql/token-cursor';

const maxShownColumns = 100;
const maxShownTokens = 500;

/** The SQL to write instead of what DuckDB refuses; each was run on it (rewrites.integration.test.ts). */

/** Drops the indexes, does the change, and makes them again as they then must be. */
export function aroundIndexes(
  statement: string,
  facts: AlterFacts,
  { indexes }: Pick<TrackedTable, 'indexes'>,
): string {
  if (isLong(indexes)) {
    return `DROP INDEX every index of ${facts.written}, then this statement, then CREATE INDEX them again.`;
  }
  return [
    ...indexes.map(({ tokens }) => `DROP INDEX ${indexName(tokens)};`),
    `${statement};`,
    ...indexes.flatMap(({ tokens }) => remade(tokens, facts)),
  ].join('\n');
}

/** Makes the table anew, since DuckDB cannot change its keys and constraints. */
export function rebuild(
  written: string,
  table: TrackedTable | undefined,
  change: string,
): string {
  const { bare } = splitName(written);
  const isWide = (table?.columns?.length ?? 0) > maxShownColumns;
  const columns = isWide
    ? undefined
    : table?.columns?.map(quotedIfNeeded).join(', ');
  const indexes = table && !isLong(table.indexes) ? table.indexes : [];
  return [
    `CREATE TABLE ${anew(written)} (…); -- every column of ${bare}, ${change}`,
    `INSERT INTO ${anew(written)} ${
      columns === undefined
        ? `SELECT * FROM ${written}`
        : `(${columns}) SELECT ${columns} FROM ${written}`
    };`,
    `DROP TABLE ${written};`,
    `ALTER TABLE ${anew(written)} RENAME TO ${bare};`,
    ...indexes.map(({ tokens }) => `${toSql(tokens)};`),
  ].join('\n');
}

/** A column first, its NOT NULL once every row has a value. */
export function addThenSetNotNull(facts: AlterFacts): string {
  const { written, subject, rest } = facts;
  const definition = toSql(withoutNotNull(rest));
  const hasDefault = rest.some(token => isText(token, 'DEFAULT'));
  return [
    `ALTER TABLE ${written} ADD COLUMN ${subject.written} ${definition};`,
    ...(hasDefault
      ? []
      : [
          `UPDATE ${written} SET ${subject.written} = …; -- a value for every row`,
        ]),
    `ALTER TABLE ${written} ALTER COLUMN ${subject.written} SET NOT NULL;`,
  ].join('\n');
}

/** A column first, then a unique index in place of the constraint. */
export function addThenIndex({ written, subject, rest }: AlterFacts): string {
  const definition = toSql(rest.filter(token => !isText(token, 'UNIQUE')));
  const bare = `${written}_${subject.written}`.replace(/[^A-Za-z0-9_]/g, '_');
  return [
    `ALTER TABLE ${written} ADD COLUMN ${subject.written} ${definition};`,
    `CREATE UNIQUE INDEX ${bare} ON ${written} (${subject.written});`,
  ].join('\n');
}

/** Whether there is more of them than anybody reads: a hint is written for each statement. */
function isLong(indexes: TrackedTable['indexes']): boolean {
  const tokens = indexes.reduce((sum, index) => sum + index.tokens.length, 0);
  return tokens > maxShownTokens;
}

function anew(written: string): string {
  return written.endsWith('"')
    ? `${written.slice(0, -1)}_new"`
    : `${written}_new`;
}

/** As DROP INDEX names it: CREATE INDEX takes the schema from the table. */
function indexName(tokens: readonly SqlToken[]): string {
  const named = (word: string) => {
    const cursor = new TokenCursor(
      tokens.slice(tokens.findIndex(token => isText(token, word)) + 1),
    );
    cursor.skip('IF', 'NOT', 'EXISTS');
    return cursor.name()?.written ?? '';
  };
  return `${splitName(named('ON')).schema}${named('INDEX')}`;
}

/** The index as it must be after the change; empty where it goes with its column. */
function remade(
  tokens: readonly SqlToken[],
  { action, subject, rest }: AlterFacts,
): string[] {
  const on = tokens.findIndex(token => isText(token, 'ON'));
  const open = tokens.findIndex((token, at) => at > on && isText(token, '('));
  const isColumn = (token: SqlToken, at: number) =>
    at > open &&
    (token.kind === 'word' || token.kind === 'quoted') &&
    comparedName(token) === subject.compared;
  if (action === 'drop-column' && tokens.some(isColumn)) return [];
  let table = on + 1;
  while (isText(tokens[table + 1], '.')) table += 2;
  const cursor = new TokenCursor(rest);
  const to = cursor.skip('TO') ? cursor.name()?.written : undefined;
  const renamed = tokens.map((token, at) => {
    if (action === 'rename-table' && at === table) return subject.written;
    return action === 'rename-column' && to !== undefined && isColumn(token, at)
      ? to
      : token.text;
  });
  return [`${toSql(tokens, renamed)};`];
}

function withoutNotNull(tokens: readonly SqlToken[]): SqlToken[] {
  const at = tokens.findIndex(
    (token, index) =>
      isText(token, 'NOT') &&
      isText(tokens[index + 1], 'NULL') &&
      !isText(tokens[index - 1], 'IS'),
  );
  const named = isText(tokens[at - 2], 'CONSTRAINT') ? at - 2 : at;
  return [...tokens.slice(0, named), ...tokens.slice(at + 2)];
}

function quotedIfNeeded(name: string): string {
  return /^[a-z_][a-z0-9_]*$|^"/.test(name)
    ? name
    : `"${name.replace(/"/g, '""')}"`;
}
