import type { SqlToken } from '../sql/sql-lexer';
import { isText } from '../sql/token-cursor';

/** In their parentheses a FROM names no table: `trim(BOTH x FROM y)`, `extract(year FROM x)`. */
const functionsWithFrom = /^(?:extract|overlay|substring|trim)$/i;
/** A list of tables follows; a comma after them begins another one. */
const before = new Set(['FROM', 'JOIN', 'USING']);
/** The list of tables ends. ON does not: a comma may follow its condition. */
const after = new Set(
  'SELECT,WHERE,GROUP,HAVING,WINDOW,QUALIFY,ORDER,LIMIT,OFFSET,FETCH,SET,VALUES,RETURNING,WHEN,UNION,EXCEPT,INTERSECT'.split(
    ',',
  ),
);
/** They read a table that they name at once. */
const readers = new Set(['CALL', 'PIVOT', 'UNPIVOT', 'SUMMARIZE', 'DESCRIBE']);

interface Level {
  /** Whether it is among the tables of a FROM. */
  inTables: boolean;
  readonly isOfFunction: boolean;
}

/** Whether a table stands at each of a statement's tokens: its name, a function that makes it, or a file. */
export function tablePositions(tokens: readonly SqlToken[]): boolean[] {
  const open: Level[] = [{ inTables: false, isOfFunction: false }];
  let expects = false;
  return tokens.map((token, at) => {
    const isTable = expects;
    const level = open[open.length - 1];
    expects = false;
    if (isText(token, '(') || isText(token, '[') || isText(token, '{')) {
      expects = isTable;
      open.push({
        inTables: isTable,
        isOfFunction: functionsWithFrom.test(tokens[at - 1]?.text ?? ''),
      });
    } else if (isText(token, ')') || isText(token, ']') || isText(token, '}')) {
      if (open.length > 1) open.pop();
    } else if (isText(token, ',')) {
      expects = level.inTables;
    } else if (isText(tokens[at + 1], '.')) {
      // Of a name in parts, the last one tells.
      expects = isTable;
    } else if (isText(token, '.')) {
      expects = isTable;
    } else if (token.kind === 'word') {
      const word = token.text.toUpperCase();
      if (before.has(word) && !isOfExpression(tokens, at, level)) {
        level.inTables = true;
        expects = true;
      } else if (word === 'LATERAL') expects = isTable;
      else if (after.has(word)) level.inTables = false;
      else if (readers.has(word)) expects = isTable || isFirst(tokens, at);
    }
    return isTable;
  });
}

/** `x IS DISTINCT FROM y` and what {@link functionsWithFrom} has. */
function isOfExpression(
  tokens: readonly SqlToken[],
  at: number,
  { isOfFunction }: Level,
): boolean {
  return isText(tokens[at - 1], 'DISTINCT') || isOfFunction;
}

function isFirst(tokens: readonly SqlToken[], at: number): boolean {
  return at === 0 || isText(tokens[at - 1], '(');
}
