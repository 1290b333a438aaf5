import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { SqlStatement } from '../files/migration';
import type { StatementFacts } from '../sql/read-statement';
import type { SchemaTracker } from './schema-tracker';
import type { SqlToken } from '../sql/sql-lexer';

/** What a rule looks at. */
export interface LintedStatement {
  readonly statement: SqlStatement;
  /** Of the statement, comments left out. */
  readonly tokens: readonly SqlToken[];
  readonly facts: StatementFacts;
  /** Tables and indexes before it. */
  readonly schema: Pick<SchemaTracker, 'table' | 'childrenOf' | 'hasSchema'>;
}

/** A finding before it has a place. */
export type LintProblem = Pick<
  MigrationFinding,
  'code' | 'severity' | 'message' | 'hint'
>;
