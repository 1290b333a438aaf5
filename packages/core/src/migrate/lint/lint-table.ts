import type { LintProblem, LintedStatement } from './lint-rule';
import { listNames, maxListed } from './list-names';
import { rebuild } from './rewrites';

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
  if (facts.kind === 'create-table' && facts.replaces) {
    const refused = replacedParent(linted, facts.table);
    return refused.length > 0 ? refused : replaced(linted);
  }
  return facts.kind === 'drop-table' ? replacedParent(linted, facts.table) : [];
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
