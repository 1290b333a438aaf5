import type { SqlToken } from './sql-lexer';

const verbs =
  /^(?:select|from|values|table|pivot|unpivot|insert|update|delete|merge)$/i;

/**
 * The statement that a WITH belongs to: what follows the list of common table expressions. Empty where that is in
 * parentheses, which only a query can be.
 * @param tokens that begin with WITH, without comments.
 */
export function skipWith(tokens: readonly SqlToken[]): readonly SqlToken[] {
  let depth = 0;
  const start = tokens.findIndex(({ kind, text }, at) => {
    if (kind === 'symbol' && text === '(') depth += 1;
    if (kind === 'symbol' && text === ')') depth -= 1;
    return (
      depth === 0 &&
      kind === 'word' &&
      tokens[at - 1]?.text === ')' &&
      verbs.test(text)
    );
  });
  return start < 0 ? [] : tokens.slice(start);
}
