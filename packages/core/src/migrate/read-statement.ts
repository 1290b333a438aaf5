import { skipWith } from './skip-with';
import type { SqlToken } from './sql-lexer';
import { TokenCursor } from './token-cursor';

/** What one ALTER TABLE does, as far as a rule asks. */
export type AlterAction =
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  | 'rename-table'
  | 'set-type'
  | 'set-not-null'
  | 'drop-not-null'
  | 'add-primary-key'
  | 'add-constraint'
  | 'drop-constraint'
  | 'other';

/**
 * What a statement does to which table, read from its first words. Names are in lower case and unquoted, without the
 * schema where it is `main`. `other`: nothing that a rule asks for.
 */
export type StatementFacts =
  | {
      readonly kind: 'create-table';
      readonly table: string;
      readonly replaces: boolean;
      readonly temporary: boolean;
    }
  | { readonly kind: 'drop-table'; readonly table: string }
  | {
      readonly kind: 'create-index';
      readonly index: string;
      readonly table: string;
    }
  | { readonly kind: 'drop-index'; readonly index: string }
  | {
      readonly kind: 'alter-table';
      readonly table: string;
      readonly action: AlterAction;
      /** The column, as written; for a renamed table its new name. */
      readonly subject: string;
      /** What follows the subject. */
      readonly rest: readonly SqlToken[];
    }
  | {
      readonly kind: 'write';
      readonly table: string;
      /** Whether rows that were there are changed or removed. */
      readonly changesRows: boolean;
      readonly deletes: boolean;
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
      return readAlter(cursor);
    case 'WITH':
      return readWrite(new TokenCursor(skipWith(tokens)));
    default:
      return readWrite(new TokenCursor(tokens));
  }
}

function readCreate(cursor: TokenCursor): StatementFacts {
  const replaces = cursor.skip('OR', 'REPLACE');
  const temporary = cursor.skip('TEMP') || cursor.skip('TEMPORARY');
  cursor.skip('UNIQUE');
  if (cursor.skip('TABLE')) {
    cursor.skip('IF', 'NOT', 'EXISTS');
    const table = cursor.name();
    return table === undefined
      ? other
      : { kind: 'create-table', table, replaces, temporary };
  }
  if (!cursor.skip('INDEX')) return other;
  cursor.skip('IF', 'NOT', 'EXISTS');
  const index = cursor.name();
  const table = cursor.skip('ON') ? cursor.name() : undefined;
  return index === undefined || table === undefined
    ? other
    : { kind: 'create-index', index, table };
}

function readDrop(cursor: TokenCursor): StatementFacts {
  const what = cursor.take();
  cursor.skip('IF', 'EXISTS');
  const name = cursor.name();
  if (name === undefined) return other;
  if (what === 'TABLE') return { kind: 'drop-table', table: name };
  return what === 'INDEX' ? { kind: 'drop-index', index: name } : other;
}

function readAlter(cursor: TokenCursor): StatementFacts {
  if (!cursor.skip('TABLE')) return other;
  cursor.skip('IF', 'EXISTS');
  const table = cursor.name();
  return table === undefined
    ? other
    : { kind: 'alter-table', table, ...readAction(cursor) };
}

function readAction(cursor: TokenCursor): {
  action: AlterAction;
  subject: string;
  rest: readonly SqlToken[];
} {
  const found = (action: AlterAction) => {
    const subject = cursor.name('as written') ?? '';
    return { action, subject, rest: cursor.rest() };
  };
  const bare = (action: AlterAction) => ({
    action,
    subject: '',
    rest: cursor.rest(),
  });
  if (cursor.skip('ADD')) {
    if (cursor.skip('PRIMARY', 'KEY')) return bare('add-primary-key');
    if (cursor.isNext('CONSTRAINT', 'CHECK', 'FOREIGN', 'UNIQUE')) {
      return bare(
        cursor.rest().some(({ text }) => text.toUpperCase() === 'PRIMARY')
          ? 'add-primary-key'
          : 'add-constraint',
      );
    }
    cursor.skip('COLUMN');
    cursor.skip('IF', 'NOT', 'EXISTS');
    return found('add-column');
  }
  if (cursor.skip('DROP')) {
    if (cursor.skip('CONSTRAINT')) {
      cursor.skip('IF', 'EXISTS');
      return found('drop-constraint');
    }
    cursor.skip('COLUMN');
    cursor.skip('IF', 'EXISTS');
    return found('drop-column');
  }
  if (cursor.skip('RENAME')) {
    if (cursor.skip('TO')) return found('rename-table');
    cursor.skip('COLUMN');
    return found('rename-column');
  }
  if (!cursor.skip('ALTER')) return bare('other');
  cursor.skip('COLUMN');
  const column = cursor.name('as written') ?? '';
  const action = columnAction(cursor);
  return { action, subject: column, rest: cursor.rest() };
}

function columnAction(cursor: TokenCursor): AlterAction {
  if (cursor.skip('SET', 'DATA', 'TYPE') || cursor.skip('TYPE')) {
    return 'set-type';
  }
  if (cursor.skip('SET', 'NOT', 'NULL')) return 'set-not-null';
  if (cursor.skip('DROP', 'NOT', 'NULL')) return 'drop-not-null';
  return cursor.skip('SET', 'TYPE') ? 'set-type' : 'other';
}

function readWrite(cursor: TokenCursor): StatementFacts {
  switch (cursor.take()) {
    case 'INSERT': {
      const replaces = cursor.skip('OR', 'REPLACE');
      cursor.skip('OR', 'IGNORE');
      cursor.skip('INTO');
      const table = cursor.name();
      const updates = cursor.holds('CONFLICT') && cursor.holds('DO', 'UPDATE');
      return write(table, replaces || updates, false);
    }
    case 'UPDATE':
      return write(cursor.name(), true, false);
    case 'DELETE':
      return write(cursor.skip('FROM') ? cursor.name() : undefined, true, true);
    case 'TRUNCATE':
      cursor.skip('TABLE');
      return write(cursor.name(), true, true);
    case 'MERGE':
      return write(cursor.skip('INTO') ? cursor.name() : undefined, true, true);
    default:
      return other;
  }
}

function write(
  table: string | undefined,
  changesRows: boolean,
  deletes: boolean,
): StatementFacts {
  return table === undefined
    ? other
    : { kind: 'write', table, changesRows, deletes };
}
