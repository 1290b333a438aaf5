import { lexSql } from '../../migrate/sql/sql-lexer';
import type { SqlToken } from '../../migrate/sql/sql-lexer';

/** Functions whose first argument names a part of a date, in any case. */
const datePart =
  /^"?(?:date_?part|date_?trunc|date_?diff|date_?sub|extract)"?$/i;

/**
 * A definition as every DuckDB spells it: 1.5 writes `main."trim"(s)` and `date_part('year', d)` where 2.0 writes
 * `"trim"(s)` and `date_part('YEAR', d)`, and sets blanks otherwise. Equal ones may still mean two things
 * where a macro of the database hides a function of DuckDB; that is told by the macro.
 */
export function normalDefinition(definition: string): string {
  const all = lexSql(definition).tokens;
  const comment = all.find(({ kind }) => kind === 'comment');
  const tokens = comment ? all.slice(0, all.indexOf(comment)) : all;
  const texts: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const skipped = schemaOfFunction(tokens, at);
    if (skipped > 0) at += skipped - 1;
    else texts.push(normalText(tokens, at));
  }
  // What COMMENT ON says stands at the end, and is nobody's spelling.
  return [...texts, comment && definition.slice(comment.offset)].join(' ');
}

/** How many tokens are the `main.` or `system.main.` of a function that is called there. */
function schemaOfFunction(tokens: readonly SqlToken[], at: number): number {
  for (const schema of [
    ['system', '.', 'main', '.'],
    ['main', '.'],
  ]) {
    const isThere = schema.every(
      (text, index) => unquoted(tokens[at + index]) === text,
    );
    const after = tokens[at + schema.length];
    const isName = after?.kind === 'word' || after?.kind === 'quoted';
    const isCalled = tokens[at + schema.length + 1]?.text === '(';
    if (isThere && isName && isCalled && tokens[at - 1]?.text !== '.') {
      return schema.length;
    }
  }
  return 0;
}

function normalText(tokens: readonly SqlToken[], at: number): string {
  const token = tokens[at] as SqlToken;
  const { kind, text } = token;
  if (kind === 'string') {
    const isPart =
      tokens[at - 1]?.text === '(' && datePart.test(tokens[at - 2]?.text ?? '');
    return isPart ? text.toLowerCase() : text;
  }
  if (kind === 'quoted' && /^"[a-z_][a-z0-9_]*"$/i.test(text)) {
    return unquoted(token);
  }
  return kind === 'word' ? text.toLowerCase() : text;
}

function unquoted(token: SqlToken | undefined): string {
  const text = (token?.text ?? '').toLowerCase();
  return token?.kind === 'quoted' ? text.slice(1, -1) : text;
}
