import { checkMigrations, limitEngine } from 'dojo-portal-core/migrate';
import type { CommandContext } from './command-context';
import { exitCodeOfCheck } from './exit-code';
import { localPath } from './ports/local-path';
import { migratePorts } from './ports/migrate-ports';
import { reportCheck } from './reports/report-check';
import { terminalText } from './reports/terminal-text';

/** The flags of `dojo migrate --check`. */
export interface CheckFlags {
  readonly database?: string;
  readonly migrations: string;
  readonly current?: boolean;
  /** Bytes. */
  readonly memoryLimit?: number;
  readonly json?: boolean;
}

/** Checks a folder, or a database against it, with the report on stdout. @returns the exit code. */
export async function runCheck(
  {
    database,
    migrations,
    current = false,
    json = false,
    memoryLimit,
  }: CheckFlags,
  context: CommandContext,
): Promise<number> {
  limitEngine(memoryLimit === undefined ? {} : { memoryBytes: memoryLimit });
  const check = await checkMigrations(
    database === undefined
      ? {}
      : { database: localPath(database, context.cwd) },
    migratePorts(context, migrations),
    { signal: context.signal },
  );
  context.stdout.write(
    json
      ? `${JSON.stringify(check, null, 2)}\n`
      : terminalText(reportCheck(check)),
  );
  return exitCodeOfCheck(check, { current });
}
