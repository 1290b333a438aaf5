import {
  migrationRequestSchema,
  parseInput,
  planHashSchema,
} from 'backstage-plugin-dojo-common';
import type {
  MigrationChildRequest,
  MigrationRequestInput,
} from 'backstage-plugin-dojo-common';
import { cliErrors } from './cli-errors';
import type { CommandContext } from './command-context';
import { performMigration } from './perform-migration';
import { localPath } from './ports/local-path';
import { reportMigration } from './reports/report-migration';
import { terminalText } from './reports/terminal-text';

/** The request, and what was reviewed: all that is wrong with them is told at once. */
const wishesSchema = migrationRequestSchema.extend({
  planHash: planHashSchema.optional(),
});

/** What `dojo migrate`, `rebuild-caches` and `restore` have in common. */
export interface MigrationFlags {
  readonly database: string;
  readonly migrations?: string;
  readonly dryRun?: boolean;
  /** Default true. */
  readonly rehearsal?: boolean;
  readonly planHash?: string;
  /** Bytes. */
  readonly memoryLimit?: number;
  readonly json?: boolean;
}

/** @throws DojoError where a run is told not to rehearse: only a dry run can leave it out. */
export function ensureRehearsalFlag(
  command: string,
  { rehearsal, dryRun }: Pick<MigrationFlags, 'rehearsal' | 'dryRun'>,
): void {
  if (rehearsal === false && !dryRun) {
    throw cliErrors.flagNeedsFlag(command, '--no-rehearsal', '--dry-run');
  }
}

/** Runs the request, with the progress on stderr and the report on stdout. @returns the exit code. */
export async function runMigration(
  command: string,
  flags: MigrationFlags,
  wishes: Omit<MigrationRequestInput, 'database'>,
  context: CommandContext,
): Promise<number> {
  ensureRehearsalFlag(command, flags);
  const { planHash, ...request } = parseInput(
    wishesSchema,
    {
      ...wishes,
      database: localPath(flags.database, context.cwd),
      planHash: flags.planHash,
    },
    `dojo ${command}`,
  );
  const { result, code } = await performMigration(
    {
      mode: modeOf(flags),
      request,
      migrations: flags.migrations,
      memoryBytes: flags.memoryLimit,
      planHash,
    },
    context,
  );
  context.stdout.write(
    flags.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : terminalText(reportMigration(result)),
  );
  return code;
}

function modeOf({
  dryRun = false,
  rehearsal = true,
}: Pick<
  MigrationFlags,
  'dryRun' | 'rehearsal'
>): MigrationChildRequest['mode'] {
  if (!dryRun) return 'run';
  return rehearsal ? 'rehearse' : 'plan';
}
