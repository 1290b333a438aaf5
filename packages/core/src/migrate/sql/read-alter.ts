import type { SqlToken } from './sql-lexer';
import { isText } from './token-cursor';
import type { SqlName, TokenCursor } from './token-cursor';

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

/** An ALTER TABLE, read. */
export interface AlterFacts {
  readonly kind: 'alter-table';
  readonly table: string;
  readonly written: string;
  readonly action: AlterAction;
  /** The column; for a renamed table its new name; empty where there is none. */
  readonly subject: SqlName;
  /** Whether it does nothing without that column (`IF EXISTS`) or with it (`IF NOT EXISTS`). */
  readonly conditional: boolean;
  /** What follows the subject. */
  readonly rest: readonly SqlToken[];
}

type Action = Pick<AlterFacts, 'action' | 'subject' | 'conditional'>;

const nothing: SqlName = { compared: '', written: '' };

/** @param cursor after ALTER. Undefined: no ALTER TABLE. */
export function readAlter(cursor: TokenCursor): AlterFacts | undefined {
  if (!cursor.skip('TABLE')) return undefined;
  cursor.skip('IF', 'EXISTS');
  const table = cursor.name();
  if (table === undefined) return undefined;
  const action = readAction(cursor);
  return {
    kind: 'alter-table',
    table: table.compared,
    written: table.written,
    ...action,
    rest: cursor.rest(),
  };
}

function readAction(cursor: TokenCursor): Action {
  if (cursor.skip('ADD')) return readAdd(cursor);
  if (cursor.skip('DROP')) {
    const action = cursor.skip('CONSTRAINT')
      ? 'drop-constraint'
      : 'drop-column';
    cursor.skip('COLUMN');
    const conditional = cursor.skip('IF', 'EXISTS');
    return { action, conditional, subject: cursor.name() ?? nothing };
  }
  if (cursor.skip('RENAME')) {
    const action = cursor.skip('TO') ? 'rename-table' : 'rename-column';
    cursor.skip('COLUMN');
    return { action, conditional: false, subject: cursor.name() ?? nothing };
  }
  if (!cursor.skip('ALTER')) {
    return { action: 'other', conditional: false, subject: nothing };
  }
  cursor.skip('COLUMN');
  const subject = cursor.name() ?? nothing;
  return { action: columnAction(cursor), conditional: false, subject };
}

function readAdd(cursor: TokenCursor): Action {
  if (cursor.isNext('CONSTRAINT', 'CHECK', 'FOREIGN', 'UNIQUE', 'PRIMARY')) {
    const isPrimary = cursor.rest().some(token => isText(token, 'PRIMARY'));
    return {
      action: isPrimary ? 'add-primary-key' : 'add-constraint',
      conditional: false,
      subject: nothing,
    };
  }
  cursor.skip('COLUMN');
  const conditional = cursor.skip('IF', 'NOT', 'EXISTS');
  return {
    action: 'add-column',
    conditional,
    subject: cursor.name() ?? nothing,
  };
}

function columnAction(cursor: TokenCursor): AlterAction {
  if (
    cursor.skip('SET', 'DATA', 'TYPE') ||
    cursor.skip('SET', 'TYPE') ||
    cursor.skip('TYPE')
  ) {
    return 'set-type';
  }
  if (cursor.skip('SET', 'NOT', 'NULL')) return 'set-not-null';
  return cursor.skip('DROP', 'NOT', 'NULL') ? 'drop-not-null' : 'other';
}
