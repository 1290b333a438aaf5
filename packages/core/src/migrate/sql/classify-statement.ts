import type { SqlStatement } from '../files/migration';
import { skipWith } from './skip-with';
import type { SqlToken } from './sql-lexer';
import { comparedName } from './token-cursor';

type Classified = Pick<SqlStatement, 'verb' | 'kind'>;

const rowVerbs = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE']);
/** Words between CREATE and the kind of thing that is created. */
const createModifiers = new Set([
  'OR',
  'REPLACE',
  'TEMP',
  'TEMPORARY',
  'LOCAL',
  'GLOBAL',
  'UNLOGGED',
  'PERSISTENT',
  'UNIQUE',
  'RECURSIVE',
]);
/** Statements that two words name. */
const twoWords = new Set([
  'ALTER',
  'DROP',
  'COMMENT',
  'FORCE',
  'EXPORT',
  'IMPORT',
  'EXPLAIN',
]);

/**
 * Names a statement by its first words, and says what it changes. A WITH is named by what follows its list.
 * @param tokens of one statement, without comments.
 */
export function classifyStatement(tokens: readonly SqlToken[]): Classified {
  const start = tokens.findIndex(
    ({ kind, text }) => !(kind === 'symbol' && text === '('),
  );
  const words = leadingWords(tokens.slice(Math.max(start, 0)));
  const first = words[0] ?? tokens[0]?.text ?? '';
  switch (first) {
    case 'CREATE':
      return { verb: createVerb(words), kind: 'ddl' };
    case 'ALTER':
    case 'DROP':
    case 'COMMENT':
      return { verb: words.slice(0, 2).join(' '), kind: 'ddl' };
    case 'WITH': {
      const main = skipWith(tokens.slice(start));
      return main.length === 0
        ? { verb: 'WITH', kind: 'other' }
        : classifyStatement(main);
    }
    case 'COPY':
      return { verb: 'COPY', kind: copyKind(tokens) };
    case 'EXPLAIN':
      return {
        verb: isAnalysis(tokens.slice(start + 1))
          ? 'EXPLAIN ANALYZE'
          : 'EXPLAIN',
        kind: 'other',
      };
    case 'UPDATE':
      return isExtensionUpdate(words, tokens[start + 2])
        ? { verb: 'UPDATE EXTENSIONS', kind: 'other' }
        : { verb: first, kind: 'dml' };
    default:
      if (rowVerbs.has(first)) return { verb: first, kind: 'dml' };
      return {
        verb: twoWords.has(first) ? words.slice(0, 2).join(' ') : first,
        kind: 'other',
      };
  }
}

/** `EXPLAIN ANALYZE` and `EXPLAIN (FORMAT json, "analyse")`, which run what they explain. */
function isAnalysis(tokens: readonly SqlToken[]): boolean {
  const options =
    tokens[0]?.text === '('
      ? tokens.slice(0, tokens.findIndex(({ text }) => text === ')') + 1)
      : tokens.slice(0, 1);
  return options.some(token => /^analy[sz]e$/.test(comparedName(token)));
}

/** `UPDATE EXTENSIONS`, with a list of them or without; not the UPDATE of a table of that name. */
function isExtensionUpdate(
  words: readonly string[],
  next: SqlToken | undefined,
): boolean {
  return (
    words.length === 2 &&
    words[1] === 'EXTENSIONS' &&
    (next === undefined || next.text === '(')
  );
}

/** The unquoted words at the front, in capitals, up to the first other token. */
function leadingWords(tokens: readonly SqlToken[]): string[] {
  const end = tokens.findIndex(({ kind }) => kind !== 'word');
  return tokens
    .slice(0, end < 0 ? tokens.length : end)
    .map(({ text }) => text.toUpperCase());
}

/** `CREATE OR REPLACE TABLE`, `CREATE UNIQUE INDEX`. */
function createVerb(words: readonly string[]): string {
  const named = words.findIndex(
    (word, at) => at > 0 && !createModifiers.has(word),
  );
  return words.slice(0, named < 0 ? words.length : named + 1).join(' ');
}

/** COPY FROM DATABASE makes tables, COPY … FROM fills one, COPY … TO changes nothing in the database. */
function copyKind(tokens: readonly SqlToken[]): SqlStatement['kind'] {
  let depth = 0;
  const words: string[] = [];
  for (const { kind, text } of tokens) {
    if (text === '(' && kind === 'symbol') depth += 1;
    else if (text === ')' && kind === 'symbol') depth -= 1;
    else if (depth === 0 && kind === 'word') words.push(text.toUpperCase());
  }
  if (words[1] === 'FROM' && words[2] === 'DATABASE') return 'ddl';
  const direction = words.find(word => word === 'FROM' || word === 'TO');
  return direction === 'FROM' ? 'dml' : 'other';
}
