import { lexSql } from '../sql/sql-lexer';
import type { SqlToken } from '../sql/sql-lexer';
import { comparedName } from '../sql/token-cursor';
import type { MigrationSet, SqlFile } from './migration';

const rowid = 'rowid';
const bodies = /(?:^| )(?:VIEW|MACRO|FUNCTION)$/;
const known = new WeakMap<MigrationSet, ReadonlySet<string>>();

/**
 * Names through which a statement sees the `rowid` of rows: its own, and those of views and macros that use it, or that
 * use one of these.
 */
export function rowidNames(set: MigrationSet): ReadonlySet<string> {
  const found = known.get(set) ?? namesIn(set);
  known.set(set, found);
  return found;
}

/** Whether a file sees the `rowid` of rows, by one of these names. */
export function seesRowid(file: SqlFile, names: ReadonlySet<string>): boolean {
  return (
    mayHoldOne(file, names) &&
    file.statements.some(({ text }) => holdsOne(tokensOf(text), names))
  );
}

function namesIn(set: MigrationSet): ReadonlySet<string> {
  const names = new Set([rowid]);
  for (const file of [...set.migrations, ...set.caches]) {
    if (!mayHoldOne(file, names)) continue;
    for (const { verb, text } of file.statements) {
      if (!bodies.test(verb)) continue;
      const tokens = tokensOf(text);
      const name = definedName(tokens);
      if (name !== undefined && holdsOne(tokens, names)) names.add(name);
    }
  }
  return names;
}

/** A quick look before a slow one, as long as there is one name to look for. */
function mayHoldOne({ sql }: SqlFile, names: ReadonlySet<string>): boolean {
  return names.size > 1 || /rowid/i.test(sql);
}

function holdsOne(
  tokens: readonly SqlToken[],
  names: ReadonlySet<string>,
): boolean {
  return tokens.some(
    token =>
      (token.kind === 'word' || token.kind === 'quoted') &&
      names.has(comparedName(token)),
  );
}

function tokensOf(text: string): SqlToken[] {
  return lexSql(text).tokens.filter(({ kind }) => kind !== 'comment');
}

/** `v` of `CREATE VIEW IF NOT EXISTS s.v AS …`. */
function definedName(tokens: readonly SqlToken[]): string | undefined {
  const start = tokens.findIndex(
    ({ kind, text }) => kind === 'word' && bodies.test(text.toUpperCase()),
  );
  const skipped = /^(?:IF|NOT|EXISTS)$/i;
  const rest = tokens.slice(start + 1);
  const first = rest.findIndex(
    ({ kind, text }) => kind !== 'word' || !skipped.test(text),
  );
  let at = Math.max(0, first);
  while (rest[at + 1]?.text === '.') at += 2;
  const name = rest[at];
  return name && comparedName(name);
}
