import type { SqlStatement } from './files/migration';
import type { PlannedFile } from './ports';

/** Statements that run in one transaction. */
export interface WorkTransaction {
  readonly planned: PlannedFile;
  readonly statements: readonly SqlStatement[];
  /** Whether the file is done with it: its row of `applied_migrations` belongs into this transaction. */
  readonly completes: boolean;
}

/**
 * What runs, in order. `file`: file by file. `ddl-first`: the DDL of all files in file order, then everything else in
 * file order; a file is then done with its last statement in that order.
 */
export function orderWork(
  files: readonly PlannedFile[],
  order: 'file' | 'ddl-first',
): WorkTransaction[] {
  if (order === 'file') {
    return files.flatMap(planned =>
      transactions(planned, planned.file.statements, true),
    );
  }
  const isDdl = ({ kind }: SqlStatement) => kind === 'ddl';
  return [
    ...files.flatMap(planned =>
      transactions(
        planned,
        planned.file.statements.filter(isDdl),
        planned.file.statements.every(isDdl),
      ),
    ),
    ...files.flatMap(planned =>
      transactions(
        planned,
        planned.file.statements.filter(statement => !isDdl(statement)),
        true,
      ),
    ),
  ];
}

function transactions(
  planned: PlannedFile,
  statements: readonly SqlStatement[],
  completes: boolean,
): WorkTransaction[] {
  if (statements.length === 0) return [];
  if (planned.transaction === 'one') {
    return [{ planned, statements, completes }];
  }
  return statements.map((statement, at) => ({
    planned,
    statements: [statement],
    completes: completes && at === statements.length - 1,
  }));
}
