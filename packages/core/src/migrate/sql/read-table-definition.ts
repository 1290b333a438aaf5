import type { SqlToken } from './sql-lexer';
import { comparedName, depths, isText, TokenCursor } from './token-cursor';

/** Columns and keys of a CREATE TABLE, in compared form. */
export interface TableDefinition {
  /** In their order; undefined: they are those of a query. */
  readonly columns: readonly string[] | undefined;
  /** In PRIMARY KEY or UNIQUE. */
  readonly keys: ReadonlySet<string>;
  /** In a FOREIGN KEY. */
  readonly foreign: ReadonlySet<string>;
  /** Named in a CHECK. */
  readonly checked: ReadonlySet<string>;
  /** Tables that a foreign key leads to. */
  readonly references: ReadonlySet<string>;
}

/** @param rest what follows the table's name. */
export function readTableDefinition(
  rest: readonly SqlToken[],
): TableDefinition {
  const columns: string[] = [];
  const found = {
    keys: new Set<string>(),
    foreign: new Set<string>(),
    checked: new Set<string>(),
    references: new Set<string>(),
  };
  const parts = isText(rest[0], '(') ? listed(rest) : [];
  const checks: (readonly SqlToken[])[] = [];
  for (const part of parts) {
    const constraint = isText(part[0], 'CONSTRAINT') ? part.slice(2) : part;
    if (isText(constraint[0], 'CHECK')) checks.push(constraint);
    else if (!readKey(constraint, found)) {
      readColumn(part, columns, found, checks);
    }
  }
  const named = new Set(columns);
  for (const token of checks.flat()) {
    const name = comparedName(token);
    if (named.has(name)) found.checked.add(name);
  }
  return { columns: columns.length > 0 ? columns : undefined, ...found };
}

type Found = Record<'keys' | 'foreign' | 'checked' | 'references', Set<string>>;

/** Whether it is a constraint of the table: PRIMARY KEY (…), UNIQUE (…), FOREIGN KEY (…) REFERENCES … */
function readKey(part: readonly SqlToken[], found: Found): boolean {
  const isForeign = isText(part[0], 'FOREIGN');
  const isKey =
    (isText(part[0], 'PRIMARY') && isText(part[1], 'KEY')) ||
    (isText(part[0], 'UNIQUE') && isText(part[1], '('));
  if (!isForeign && !isKey) return false;
  for (const name of listedNames(part)) {
    found[isForeign ? 'foreign' : 'keys'].add(name);
  }
  readReference(part, found);
  return true;
}

function readColumn(
  part: readonly SqlToken[],
  columns: string[],
  found: Found,
  checks: (readonly SqlToken[])[],
): void {
  const [first] = part;
  if (first === undefined) return;
  const name = comparedName(first);
  columns.push(name);
  const deep = depths(part);
  const at = (word: string) =>
    part.findIndex(
      (token, index) => index > 0 && deep[index] === 0 && isText(token, word),
    );
  if (at('PRIMARY') > 0 || at('UNIQUE') > 0) found.keys.add(name);
  if (readReference(part, found)) found.foreign.add(name);
  const check = at('CHECK');
  if (check > 0) checks.push(part.slice(check));
}

function readReference(part: readonly SqlToken[], found: Found): boolean {
  const at = part.findIndex(token => isText(token, 'REFERENCES'));
  const table = at < 0 ? undefined : new TokenCursor(part.slice(at + 1)).name();
  if (table) found.references.add(table.compared);
  return table !== undefined;
}

/** The names in the first parentheses: those of `FOREIGN KEY (a, b) REFERENCES …` are a and b. */
export function listedNames(tokens: readonly SqlToken[]): string[] {
  const start = tokens.findIndex(token => isText(token, '('));
  return start < 0
    ? []
    : listed(tokens.slice(start)).flatMap(([name]) =>
        name ? [comparedName(name)] : [],
      );
}

/** What stands between the commas of the parentheses that the tokens begin with. */
function listed(tokens: readonly SqlToken[]): SqlToken[][] {
  const deep = depths(tokens);
  const parts: SqlToken[][] = [[]];
  for (let at = 1; at < tokens.length && deep[at] !== 0; at += 1) {
    const token = tokens[at] as SqlToken;
    if (deep[at] === 1 && isText(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter(part => part.length > 0);
}
