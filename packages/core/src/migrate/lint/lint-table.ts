import type { LintProblem, LintedStatement } from './lint-rule';
import { listNames, maxListed } from './list-names';
import { comparedName, isText } from '../sql/token-cursor';
import { rebuild } from './rewrites';

const ownIndexType = 'art';

/** What making or dropping a table loses, or cannot do. */
export function lintTable(linted: LintedStatement): LintProblem[] {
  const { facts, statement } = linted;
  if (/ TEMP(?:ORARY)? /.test(statement.verb)) {
    return [
      {
        code: 'LINT_TEMPORARY',
        severity: 'warning',
        message: `what ${statement.verb} makes is gone when the run ends, also for later files of another run`,
        hint: 'Use it in this file only, or make it without TEMP and drop it.',
      },
    ];
  }
  if (facts.kind === 'create-index') return foreignIndex(linted);
  if (facts.kind === 'create-table' && facts.replaces) {
    const refused = replacedParent(linted, facts.table);
    return refused.length > 0 ? refused : replaced(linted);
  }
  return facts.kind === 'drop-table' ? replacedParent(linted, facts.table) : [];
}

/** An index of a kind that is not part of DuckDB: `CREATE INDEX i ON t USING HNSW (v)`. */
function foreignIndex({ tokens }: LintedStatement): LintProblem[] {
  const on = tokens.findIndex(token => isText(token, 'ON'));
  const list = tokens.findIndex((token, at) => at > on && isText(token, '('));
  const using = tokens
    .slice(on, list)
    .findIndex(token => isText(token, 'USING'));
  const type = using < 0 ? undefined : tokens[on + using + 1];
  if (type === undefined || comparedName(type) === ownIndexType) return [];
  return [
    {
      code: 'LINT_EXTENSION',
      severity: 'error',
      message: `an index of type ${type.text} needs an extension, and a migration has none`,
      hint: 'Remove it: only the index without USING is part of DuckDB. Let the application make this one, which has the extension.',
    },
  ];
}

/** Only what is known to be lost is told: a table without keys and indexes loses nothing. */
function replaced({ facts, schema }: LintedStatement): LintProblem[] {
  if (facts.kind !== 'create-table') return [];
  const table = schema.table(facts.table);
  if (!table) return [];
  const lost = [
    ...(table.keys.size > 0 ? [`the key (${listNames([...table.keys])})`] : []),
    ...(table.foreign.size > 0 ? ['its foreign keys'] : []),
    ...table.indexes.slice(0, maxListed).map(({ name }) => `the index ${name}`),
  ];
  return lost.length === 0
    ? []
    : [
        {
          code: 'LINT_REPLACE_TABLE',
          severity: 'warning',
          message: `${facts.written} has ${lost.join(
            ', ',
          )}, and CREATE OR REPLACE TABLE keeps none of it`,
          hint: rebuild(facts.written, table, 'keys included'),
        },
      ];
}

function replacedParent(
  { schema, statement }: LintedStatement,
  table: string,
): LintProblem[] {
  const children = schema.childrenOf(table);
  return children.length === 0
    ? []
    : [
        {
          code: 'LINT_DROP_REFERENCED',
          severity: 'error',
          message: `${listNames(children)} has a foreign key to ${table}, so ${
            statement.verb
          } is refused`,
          hint: `Drop ${listNames(
            children,
          )} first, or make it anew without its foreign key.`,
        },
      ];
}
