import type { LintProblem, LintedStatement } from './lint-rule';
import { lintVerb } from './lint-verb';
import type { SqlToken } from '../sql/sql-lexer';
import { comparedName, isText } from '../sql/token-cursor';

const fileFunctions =
  /^(?:read_(?:csv|csv_auto|parquet|json|json_auto|json_objects|json_objects_auto|ndjson|ndjson_auto|ndjson_objects|text|blob|xlsx|duckdb)|sniff_csv|parquet_(?:scan|metadata|full_metadata|schema|file_metadata|kv_metadata|bloom_probe)|glob|(?:sqlite|postgres|mysql|iceberg|delta)_scan)$/i;
const settingFunctions =
  /^(?:enable|disable)_(?:logging|profiling|peg_parser)$/;
const filePath =
  /^'(?:.*[/\\].*|.*\.(?:csv|tsv|txt|parquet|json|jsonl|ndjson|xlsx|db|duckdb)(?:\.gz|\.zst)?)'$/is;

const functionsWithFrom = /^(?:extract|overlay|substring|trim)$/i;

const ours = new Set(['applied_migrations', 'applied_migrations_meta']);

/**
 * What would leave the place a migration runs in: its transaction, its database, its configuration, a copy without
 * file system or network.
 */
export function lintSandbox(linted: LintedStatement): LintProblem[] {
  const problem =
    lintVerb(linted) ??
    fileFunction(linted) ??
    settingFunction(linted) ??
    bookkeeping(linted);
  return problem ? [problem] : [];
}

/** A table function or a string that names a file, where a table is read. The body of a macro is not run. */
function fileFunction({
  statement,
  tokens,
}: LintedStatement): LintProblem | undefined {
  if (/ (?:MACRO|FUNCTION)$/.test(statement.verb)) return undefined;
  const found = tokens.find(
    (token, at) =>
      ((token.kind === 'string' && filePath.test(token.text)) ||
        (token.kind === 'word' &&
          fileFunctions.test(token.text) &&
          tokens[at + 1]?.text === '(')) &&
      isReadFrom(tokens, at),
  );
  return (
    found && {
      code: 'LINT_FILE_ACCESS',
      severity: 'error',
      message: `${found.text} reads a file, and a migration has none`,
      hint: 'Write the rows themselves: INSERT INTO … VALUES (…).',
    }
  );
}

/** Whether a table stands there: not in `x IS DISTINCT FROM y`, `trim(BOTH x FROM y)` or `extract(year FROM x)`. */
function isReadFrom(tokens: readonly SqlToken[], at: number): boolean {
  if (isText(tokens[at - 1], 'JOIN')) return true;
  if (!isText(tokens[at - 1], 'FROM')) return false;
  if (isText(tokens[at - 2], 'DISTINCT')) return false;
  let depth = 0;
  const open = tokens.slice(0, at).findLastIndex(token => {
    if (isText(token, ')')) depth += 1;
    if (isText(token, '(')) depth -= 1;
    return depth < 0;
  });
  return !functionsWithFrom.test(tokens[open - 1]?.text ?? '');
}

/** What a SET does, and cannot be undone by who runs the migration. */
function settingFunction({ tokens }: LintedStatement): LintProblem | undefined {
  const found = tokens.find((token, at) => {
    if (!isText(tokens[at + 1], '(')) return false;
    if (!settingFunctions.test(comparedName(token))) return false;
    let before = at - 1;
    while (isText(tokens[before], '.')) before -= 2;
    return /^(?:FROM|JOIN|CALL|,|\()$/i.test(tokens[before]?.text ?? '');
  });
  return (
    found && {
      code: 'LINT_CONFIGURATION',
      severity: 'error',
      message: `${found.text} changes the configuration, which is the runner's`,
      hint: 'Remove it.',
    }
  );
}

/** The tables that tell what is applied are the runner's. Making sure that they are there changes nothing. */
function bookkeeping({
  facts,
  statement,
  tokens,
}: LintedStatement): LintProblem | undefined {
  const touched =
    (facts.kind === 'write' ||
      facts.kind === 'drop-table' ||
      facts.kind === 'alter-table' ||
      (facts.kind === 'create-table' && !hasIfNotExists(tokens))) &&
    ours.has(facts.table)
      ? facts.table
      : undefined;
  return touched === undefined
    ? undefined
    : {
        code: 'LINT_BOOKKEEPING',
        severity: 'error',
        message: `${statement.verb} touches ${touched}, which tells what is applied`,
        hint: 'Remove it: the runner makes this table and writes its rows.',
      };
}

function hasIfNotExists(tokens: readonly SqlToken[]): boolean {
  return tokens
    .slice(0, 6)
    .some(
      ({ text }, at) =>
        text.toUpperCase() === 'NOT' &&
        tokens[at + 1]?.text.toUpperCase() === 'EXISTS',
    );
}
