import type { SqlFile } from '../files/migration';
import { PreparedStatements } from '../sql/prepared-statements';
import { readStatement } from '../sql/read-statement';
import type { StatementFacts } from '../sql/read-statement';
import { lexSql } from '../sql/sql-lexer';
import type { SqlToken } from '../sql/sql-lexer';
import type { AskedTables } from './database-contents';

/** A statement that may take rows away or break a view, or make again what another one took. */
export interface Change {
  /** `0007_tags.sql:12 DROP TABLE` */
  readonly by: string;
  readonly verb: string;
  readonly facts: StatementFacts;
  readonly tokens: readonly SqlToken[];
  /** A cache is derived again: what it takes, it makes anew. */
  readonly isCache: boolean;
}

const mayTake =
  /^(?:ALTER|DROP|CREATE|DELETE|TRUNCATE|MERGE|PREPARE|EXECUTE)\b/;

/** What an ALTER TABLE does that a view of the table may not stand. */
export const breaksViews: ReadonlySet<string> = new Set([
  'drop-column',
  'rename-column',
  'rename-table',
  'set-type',
]);

/** Reads what files will change, in their order. Of linear cost; not while the database is held. */
export function readChanges(files: readonly SqlFile[]): Change[] {
  const prepared = new PreparedStatements();
  return files.flatMap(({ path, statements }) =>
    statements
      .filter(({ verb }) => mayTake.test(verb))
      .map(({ verb, text, line }) => {
        const done = prepared.resolve({
          verb,
          tokens: lexSql(text).tokens.filter(({ kind }) => kind !== 'comment'),
        });
        return {
          by: `${path}:${line} ${verb}`,
          verb: done.verb,
          facts: readStatement(done.tokens),
          tokens: done.tokens,
          isCache: path.startsWith('caches/'),
        };
      }),
  );
}

/**
 * Tables of whose rows the changes must be told, by every name that they may have in the database.
 * @returns undefined: nothing is taken away or broken, whatever there is.
 */
export function askTables(changes: readonly Change[]): AskedTables | undefined {
  const asked = new Set<string>();
  let breaks = false;
  for (const { facts, verb } of changes) {
    switch (facts.kind) {
      case 'drop-table':
        asked.add(facts.table);
        break;
      case 'create-table':
        if (facts.replaces) asked.add(facts.table);
        break;
      case 'write':
        if (facts.changesRows) asked.add(facts.table);
        break;
      case 'drop-schema':
        asked.add(`${facts.schema}.`);
        break;
      case 'alter-table':
        if (breaksViews.has(facts.action)) asked.add(facts.table);
        break;
      case 'create-view':
      case 'create-macro':
        breaks ||= / OR REPLACE /.test(verb);
        break;
      case 'drop-view':
      case 'rename-view':
      case 'drop-other':
        breaks = true;
        break;
      default:
    }
  }
  return asked.size > 0 || breaks ? asked : undefined;
}
