import { classifyStatement } from './classify-statement';
import type { SqlStatement } from '../files/migration';
import type { SqlToken } from './sql-lexer';

/** A statement with its tokens, comments left out. */
export interface TokenisedStatement {
  readonly statement: SqlStatement;
  readonly tokens: readonly SqlToken[];
}

/**
 * Cuts SQL at its semicolons. What holds nothing but comments is no statement.
 * @param tokens of that very text.
 */
export function splitStatements(
  sql: string,
  tokens: readonly SqlToken[],
): TokenisedStatement[] {
  const statements: TokenisedStatement[] = [];
  let current: SqlToken[] = [];
  const close = () => {
    const first = current[0];
    const last = current.at(-1);
    if (first && last) {
      statements.push({
        statement: {
          text: sql.slice(first.offset, last.offset + last.text.length),
          line: first.line,
          ...classifyStatement(current),
        },
        tokens: current,
      });
    }
    current = [];
  };
  for (const token of tokens) {
    if (token.kind === 'comment') continue;
    if (token.text === ';' && token.kind === 'symbol') close();
    else current.push(token);
  }
  close();
  return statements;
}
