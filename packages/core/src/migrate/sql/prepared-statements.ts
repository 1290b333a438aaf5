import { classifyStatement } from './classify-statement';
import type { SqlToken } from './sql-lexer';
import { isText, TokenCursor } from './token-cursor';

/** What a statement does: its first words, and its tokens without comments. */
export interface DoneStatement {
  readonly verb: string;
  readonly tokens: readonly SqlToken[];
}

/** What PREPARE gave a name: an EXECUTE of it does that, and its own words do not tell. */
export class PreparedStatements {
  readonly #byName = new Map<string, DoneStatement>();

  /** To be asked for every statement in its order. @returns what it does itself, or what it executes. */
  resolve(statement: DoneStatement): DoneStatement {
    const cursor = new TokenCursor(statement.tokens);
    const word = cursor.take();
    if (word !== 'PREPARE' && word !== 'EXECUTE') return statement;
    const name = cursor.name()?.compared;
    if (name === undefined) return statement;
    if (word === 'EXECUTE') return this.#byName.get(name) ?? statement;
    const as = statement.tokens.findIndex(token => isText(token, 'AS'));
    const tokens = as < 0 ? [] : statement.tokens.slice(as + 1);
    this.#byName.set(name, { verb: classifyStatement(tokens).verb, tokens });
    return statement;
  }
}
