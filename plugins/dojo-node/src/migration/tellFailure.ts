import { DojoError, isDojoError } from 'backstage-plugin-dojo-common';
import type { MigrationMode } from './toMigrationChildRequest';

/** Of what the files do: nothing but another release of them helps. */
const ofFiles: ReadonlySet<string> = new Set([
  'MIGRATION_STATEMENT_FAILED',
  'MIGRATION_COMMIT_FAILED',
  'MIGRATION_CONSTRAINT_BROKEN',
  'MIGRATION_ASSERT_FAILED',
]);

/**
 * Says a failure of the command as people say it who know the database by its environment, and not by its path: who has it,
 * and where a migration failed. Any other failure is returned as it is.
 */
export function tellFailure(
  error: unknown,
  {
    environment,
    mode,
  }: { readonly environment: string; readonly mode: MigrationMode },
): unknown {
  if (!isDojoError(error)) return error;
  const { code, message, hint } = error;
  if (code === 'DATABASE_LOCKED') {
    return new DojoError({
      code: error.code,
      kind: error.kind,
      message: `${environment} database is in use (${holderIn(
        message,
      )}). Nothing was changed.`,
      hint: 'Stop the service, or try again.',
      cause: error,
    });
  }
  if (!ofFiles.has(code)) return error;
  return new DojoError({
    code: error.code,
    kind: error.kind,
    message:
      mode === 'rehearse'
        ? `Rehearsal failed at ${placeFirst(message)}.`
        : `${environment}: ${message}`,
    hint:
      code === 'MIGRATION_ASSERT_FAILED'
        ? 'Change the migration and release it again.'
        : hint,
    cause: error,
  });
}

/** DuckDB names the program by its path, which is nobody's business; a process in another container has no number here. */
function holderIn(message: string): string {
  const pid = /\(PID (\d{1,10})\)/.exec(message)?.[1];
  return pid === undefined ? 'another process' : `process ${pid}`;
}

/** `0016_rates.sql line 9: 3 rows` */
function placeFirst(message: string): string {
  const sentence = message.replace(/\.$/, '');
  const [, file, line, rest] =
    /^(\S{1,300}\.sql)(?::| line )(\d{1,9})(?: failed its check)?: ([^]*)$/.exec(
      sentence,
    ) ?? [];
  return file === undefined ? sentence : `${file} line ${line}: ${rest}`;
}
