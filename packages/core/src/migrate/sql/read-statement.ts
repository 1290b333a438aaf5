import { readAlter } from './read-alter';
import type { AlterFacts } from './read-alter';
import { skipWith } from './skip-with';
import type { SqlToken } from './sql-lexer';
import { isText, splitName, TokenCursor } from './token-cursor';
import type { SqlName } from './token-cursor';

/**
 * What a statement does to which table, read from its first words; names are compared forms. `other`:
 * nothing that a rule asks for.
 */
export type StatementFacts =
  | {
      readonly kind: 'create-table';
      readonly table: string;
      readonly written: string;
      readonly replaces: boolean;
      readonly temporary: boolean;
      readonly ifNotExists: boolean;
      /** What follows the name. */
      readonly rest: readonly SqlToken[];
    }
  | { readonly kind: 'drop-table'; readonly table: string }
  | {
      readonly kind: 'create-index';
      readonly index: string;
      readonly table: string;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: 'drop-index'; readonly index: string }
  | { readonly kind: 'create-schema'; readonly schema: string }
  | { readonly kind: 'drop-schema'; readonly schema: string }
  | { readonly kind: 'create-view'; readonly view: string }
  | { readonly kind: 'drop-view'; readonly view: string }
  | {
      readonly kind: 'rename-view';
      readonly view: string;
      /** Its new name. */
      readonly to: string;
    }
  | {
      readonly kind: 'create-macro';
      /** Without its schema. */
      readonly name: string;
    }
  | {
      readonly kind: 'drop-other';
      readonly what: 'MACRO' | 'FUNCTION' | 'TYPE' | 'SEQUENCE';
      readonly name: string;
      /** Whether it takes what depends on it along. */
      readonly cascades: boolean;
    }
  | AlterFacts
  | {
      readonly kind: 'write';
      readonly table: string;
      /** Whether rows that were there are changed or removed. */
      readonly changesRows: boolean;
    }
  | { readonly kind: 'other' };

const other = { kind: 'other' } as const;

/** @param tokens of one statement, without comments. */
export function readStatement(tokens: readonly SqlToken[]): StatementFacts {
  const cursor = new TokenCursor(tokens);
  switch (cursor.take()) {
    case 'CREATE':
      return readCreate(cursor);
    case 'DROP':
      return readDrop(cursor);
    case 'ALTER':
      return readAlter(cursor) ?? readAlterView(cursor) ?? other;
    case 'WITH':
      return readWrite(skipWith(tokens));
    default:
      return readWrite(tokens);
  }
}

function readCreate(cursor: TokenCursor): StatementFacts {
  const replaces = cursor.skip('OR', 'REPLACE');
  const temporary = cursor.skip('TEMP') || cursor.skip('TEMPORARY');
  cursor.skip('RECURSIVE');
  cursor.skip('UNIQUE');
  if (cursor.skip('TABLE')) {
    const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS');
    const table = cursor.name();
    return table === undefined
      ? other
      : {
          kind: 'create-table',
          table: table.compared,
          written: table.written,
          replaces,
          temporary,
          ifNotExists,
          rest: cursor.rest(),
        };
  }
  if (cursor.skip('VIEW'))
    return named(cursor, view => ({ kind: 'create-view', view }));
  if (cursor.skip('SCHEMA'))
    return named(cursor, schema => ({ kind: 'create-schema', schema }));
  if (cursor.skip('MACRO') || cursor.skip('FUNCTION')) {
    return named(cursor, name => ({
      kind: 'create-macro',
      name: splitName(name).bare,
    }));
  }
  if (!cursor.skip('INDEX')) return other;
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS');
  const index = cursor.name();
  const table = cursor.skip('ON') ? cursor.name() : undefined;
  return index === undefined || table === undefined
    ? other
    : {
        kind: 'create-index',
        index: index.compared,
        table: table.compared,
        ifNotExists,
      };
}

/** What is made under a name that follows, perhaps where there is none of it yet. */
function named(
  cursor: TokenCursor,
  toFacts: (name: string) => StatementFacts,
): StatementFacts {
  cursor.skip('IF', 'NOT', 'EXISTS');
  const name = cursor.name()?.compared;
  return name === undefined ? other : toFacts(name);
}

/** @param cursor after ALTER. */
function readAlterView(cursor: TokenCursor): StatementFacts | undefined {
  if (!cursor.skip('VIEW')) return undefined;
  cursor.skip('IF', 'EXISTS');
  const view = cursor.name()?.compared;
  const to = cursor.skip('RENAME', 'TO') ? cursor.name()?.compared : undefined;
  return view === undefined || to === undefined
    ? undefined
    : { kind: 'rename-view', view, to };
}

function readDrop(cursor: TokenCursor): StatementFacts {
  const what = cursor.take();
  if (what === 'MACRO' || what === 'FUNCTION') cursor.skip('TABLE');
  cursor.skip('IF', 'EXISTS');
  const name = cursor.name()?.compared;
  if (name === undefined) return other;
  switch (what) {
    case 'TABLE':
      return { kind: 'drop-table', table: name };
    case 'VIEW':
      return { kind: 'drop-view', view: name };
    case 'INDEX':
      return { kind: 'drop-index', index: name };
    case 'SCHEMA':
      return { kind: 'drop-schema', schema: name };
    case 'MACRO':
    case 'FUNCTION':
    case 'TYPE':
    case 'SEQUENCE':
      return {
        kind: 'drop-other',
        what,
        name,
        cascades: cursor.isNext('CASCADE'),
      };
    default:
      return other;
  }
}

function readWrite(tokens: readonly SqlToken[]): StatementFacts {
  const cursor = new TokenCursor(tokens);
  const into = (words: readonly string[]) =>
    words.some(word => cursor.skip(word)) ? cursor.name() : undefined;
  switch (cursor.take()) {
    case 'INSERT': {
      const replaces = cursor.skip('OR', 'REPLACE');
      cursor.skip('OR', 'IGNORE');
      return write(into(['INTO']), replaces || hasDoUpdate(tokens));
    }
    case 'UPDATE':
      return write(cursor.name(), true);
    case 'DELETE':
      return write(into(['FROM']), true);
    case 'TRUNCATE':
      cursor.skip('TABLE');
      return write(cursor.name(), true);
    case 'MERGE':
      return write(into(['INTO']), true);
    default:
      return other;
  }
}

function write(
  table: SqlName | undefined,
  changesRows: boolean,
): StatementFacts {
  return table === undefined
    ? other
    : { kind: 'write', table: table.compared, changesRows };
}

/** `ON CONFLICT … DO UPDATE`. */
function hasDoUpdate(tokens: readonly SqlToken[]): boolean {
  return tokens.some(
    (token, at) => isText(token, 'DO') && isText(tokens[at + 1], 'UPDATE'),
  );
}
