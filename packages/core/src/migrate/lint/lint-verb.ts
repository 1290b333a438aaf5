import type { LintProblem, LintedStatement } from './lint-rule';
import { comparedName } from '../sql/token-cursor';

type Rule = (linted: LintedStatement) => LintProblem | undefined;

const transaction: Rule = ({ statement }) => ({
  code: 'LINT_EMBEDDED_TRANSACTION',
  severity: 'error',
  message: `${statement.verb} would end the transaction that the migration runs in`,
  hint: 'Remove it: every migration runs in a transaction. For a transaction a statement write -- dojo:split at the top.',
});

const otherDatabase: Rule = ({ statement }) => ({
  code: 'LINT_OTHER_DATABASE',
  severity: 'error',
  message: `${statement.verb} leads away from the database, the only one that a migration may touch`,
  hint: 'Remove it, and name tables without a database.',
});

/** Part of the engine that runs migrations; `LOAD` of them succeeds without a file. */
const builtIn = new Set(['core_functions', 'icu', 'json', 'parquet']);

const extension: Rule = ({ statement, tokens }) => {
  const name = (tokens[1]?.text ?? '').replace(/^['"]|['"]$/g, '');
  if (statement.verb === 'LOAD' && builtIn.has(name.toLowerCase())) {
    return {
      code: 'LINT_EXTENSION',
      severity: 'note',
      message: `LOAD ${name} does nothing: it is part of DuckDB`,
      hint: 'Remove it.',
    };
  }
  return {
    code: 'LINT_EXTENSION',
    severity: 'error',
    message: `${statement.verb} needs files or the network, and a migration has neither`,
    hint: `Remove it: only what is part of DuckDB is there (${[...builtIn].join(
      ', ',
    )}).`,
  };
};

const files: Rule = ({ statement }) => ({
  code: 'LINT_FILE_ACCESS',
  severity: 'error',
  message: `${statement.verb} reads or writes files, and a migration has none`,
  hint: 'Write the rows themselves: INSERT INTO … VALUES (…).',
});

const copy: Rule = linted => {
  const words = linted.tokens.slice(1, 3).map(({ text }) => text.toUpperCase());
  return words.join(' ') === 'FROM DATABASE'
    ? otherDatabase(linted)
    : files(linted);
};

const configuration: Rule = linted => {
  const [, first, second] = linted.tokens;
  const word = first?.text.toUpperCase() ?? '';
  if (word === 'VARIABLE') return undefined;
  const scoped = ['SESSION', 'LOCAL', 'GLOBAL'].includes(word);
  const option = ((scoped ? second : first)?.text ?? '').toLowerCase();
  if (option === 'schema' || option === 'search_path') {
    return {
      code: 'LINT_OTHER_DATABASE',
      severity: 'error',
      message: `${linted.statement.verb} ${option} changes what names without a schema mean, also for later migrations`,
      hint: 'Remove it, and write the schema before each name: app.accounts.',
    };
  }
  return {
    code: 'LINT_CONFIGURATION',
    severity: 'error',
    message: `${linted.statement.verb} ${option} changes the configuration, which is the runner's`,
    hint: 'Remove it. A value for later statements can be kept with SET VARIABLE.',
  };
};

/** `PRAGMA x = y` is a SET, and so is `PRAGMA enable_profiling`; any other PRAGMA is a call. */
const pragma: Rule = linted => {
  const [, called, next] = linted.tokens;
  const isSetting =
    next?.text === '=' ||
    (called !== undefined && /^(?:enable|disable)_/.test(comparedName(called)));
  return isSetting ? configuration(linted) : undefined;
};

const checkpoint: Rule = ({ statement }) => ({
  code: 'LINT_CHECKPOINT',
  severity: 'warning',
  message: `${statement.verb} is not needed: everything is folded into the file at the end`,
  hint: 'Remove it; with it, the file runs a statement per transaction.',
});

const vacuum: Rule = ({ statement }) => ({
  code: 'LINT_VACUUM',
  severity: 'note',
  message: `${statement.verb} gives no room back: DuckDB frees it with the checkpoint at the end`,
  hint: 'Remove it.',
});

/** DuckDB runs even a COMMIT or ROLLBACK so. */
const explain: Rule = ({ statement }) =>
  statement.verb === 'EXPLAIN ANALYZE'
    ? {
        code: 'LINT_EXPLAIN_ANALYZE',
        severity: 'error',
        message:
          'EXPLAIN ANALYZE runs what it explains, and nobody sees the answer',
        hint: 'Write the statement without EXPLAIN ANALYZE.',
      }
    : undefined;

const byVerb: ReadonlyMap<string, Rule> = new Map([
  ...['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT'].map(
    verb => [verb, transaction] as const,
  ),
  ...['ATTACH', 'DETACH', 'USE'].map(verb => [verb, otherDatabase] as const),
  ...['INSTALL', 'LOAD'].map(verb => [verb, extension] as const),
  ...['EXPORT', 'IMPORT'].map(verb => [verb, files] as const),
  ['COPY', copy],
  ...['SET', 'RESET'].map(verb => [verb, configuration] as const),
  ['PRAGMA', pragma],
  ['CHECKPOINT', checkpoint],
  ['VACUUM', vacuum],
  ['EXPLAIN', explain],
  [
    'FORCE',
    linted =>
      linted.statement.verb === 'FORCE CHECKPOINT'
        ? checkpoint(linted)
        : extension(linted),
  ],
  [
    'UPDATE',
    linted =>
      linted.statement.verb === 'UPDATE EXTENSIONS'
        ? extension(linted)
        : undefined,
  ],
  [
    'ALTER',
    linted =>
      linted.statement.verb === 'ALTER DATABASE'
        ? otherDatabase(linted)
        : undefined,
  ],
  [
    'CREATE',
    linted =>
      linted.statement.verb.endsWith('SECRET') ? files(linted) : undefined,
  ],
]);

/** What a statement's verb alone says of whether it may be in a migration. */
export function lintVerb(linted: LintedStatement): LintProblem | undefined {
  return byVerb.get(linted.statement.verb.split(' ')[0] ?? '')?.(linted);
}
