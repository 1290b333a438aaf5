import type { LintProblem, LintedStatement } from './lint-rule';
import { lintVerb } from './lint-verb';
import type { SqlToken } from '../sql/sql-lexer';
import { comparedName, isText, splitName } from '../sql/token-cursor';
import { readStatement } from '../sql/read-statement';
import type { StatementFacts } from '../sql/read-statement';
import { tablePositions } from './table-positions';

const fileFunctions =
  /^(?:read_(?:csv|csv_auto|parquet|json|json_auto|json_objects|json_objects_auto|ndjson|ndjson_auto|ndjson_objects|text|blob|xlsx|duckdb)|sniff_csv|parquet_(?:scan|metadata|full_metadata|schema|file_metadata|kv_metadata|bloom_probe)|glob|(?:sqlite|postgres|mysql|iceberg|delta)_scan)$/i;
const settingFunctions =
  /^(?:enable|disable)_(?:logging|profiling|peg_parser)$/;
const filePath =
  /^'(?:.*[/\\].*|.*\.(?:csv|tsv|txt|parquet|json|jsonl|ndjson|xlsx|db|duckdb)(?:\.gz|\.zst)?)'$/is;

const maxShown = 100;
const ours = new Set(['applied_migrations', 'applied_migrations_meta']);

/**
 * What would leave the place a migration runs in: its transaction, its database, its configuration, a copy without
 * file system or network.
 */
export function lintSandbox(linted: LintedStatement): LintProblem[] {
  const problem =
    lintVerb(linted) ??
    fileFunction(linted) ??
    shadowingMacro(linted) ??
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
  const isTable = tablePositions(tokens);
  const found = tokens.find(
    (token, at) =>
      isTable[at] &&
      (token.kind === 'string'
        ? filePath.test(token.text)
        : isText(tokens[at + 1], '(') &&
          fileFunctions.test(comparedName(token))),
  );
  return (
    found && {
      code: 'LINT_FILE_ACCESS',
      severity: 'error',
      message: `${shown(found.text)} reads a file, and a migration has none`,
      hint: 'Write the rows themselves: INSERT INTO … VALUES (…).',
    }
  );
}

/** A macro for tables by the name of a function that reads files: what is bound to it now reads files once it is gone. */
function shadowingMacro({
  facts,
  tokens,
}: LintedStatement): LintProblem | undefined {
  if (facts.kind !== 'create-macro') return undefined;
  const hides =
    fileFunctions.test(facts.name) || settingFunctions.test(facts.name);
  const isOfTables = tokens.some(
    (token, at) => isText(token, 'AS') && isText(tokens[at + 1], 'TABLE'),
  );
  return hides && isOfTables
    ? {
        code: 'LINT_FILE_ACCESS',
        severity: 'error',
        message: `the macro ${facts.name} hides DuckDB's function of that name, which leaves the database`,
        hint: 'Give the macro another name.',
      }
    : undefined;
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
  schema,
}: LintedStatement): LintProblem | undefined {
  const touched = touchedNames(
    statement.verb === 'PREPARE' ? preparedFacts(tokens) : facts,
  ).find(name => isOurs(name, schema));
  return touched === undefined
    ? undefined
    : {
        code: 'LINT_BOOKKEEPING',
        severity: 'error',
        message: `${statement.verb} touches ${
          splitName(touched).bare
        }, which tells what is applied`,
        hint: 'Remove it: the runner makes this table and writes its rows.',
      };
}

/** What a statement makes, changes or removes, as far as it may be one of our tables. */
function touchedNames(facts: StatementFacts): string[] {
  switch (facts.kind) {
    case 'write':
    case 'drop-table':
      return [facts.table];
    case 'create-table':
      return facts.ifNotExists ? [] : [facts.table];
    case 'alter-table':
      return facts.action === 'rename-table'
        ? [facts.table, facts.subject.compared]
        : [facts.table];
    case 'create-view':
    case 'drop-view':
      return [facts.view];
    case 'rename-view':
      return [facts.view, facts.to];
    default:
      return [];
  }
}

/** What comes before the name may be the database's, which nobody knows here; a schema is known once it was made. */
function isOurs(
  name: string,
  schema: Pick<LintedStatement['schema'], 'hasSchema'>,
): boolean {
  const { schema: prefix, bare } = splitName(name);
  return ours.has(bare) && !schema.hasSchema(prefix.slice(0, -1));
}

/** `PREPARE p AS DELETE …`, which EXECUTE runs. */
function preparedFacts(tokens: readonly SqlToken[]): StatementFacts {
  const as = tokens.findIndex(token => isText(token, 'AS'));
  return readStatement(as < 0 ? [] : tokens.slice(as + 1));
}

/** Of what somebody wrote, so much as a line takes. */
function shown(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
