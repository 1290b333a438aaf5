import { Command, Option } from 'commander';
import {
  migrationChoicesSchema,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { MigrationRequestInput } from 'backstage-plugin-dojo-common';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { runCheck } from '../run-check';
import { memoryLimitOption } from '../memory-limit-flag';
import { ensureRehearsalFlag, runMigration } from '../run-migration';
import type { MigrationFlags } from '../run-migration';

interface MigrateFlags extends Omit<MigrationFlags, 'database'> {
  readonly database?: string;
  readonly migrations: string;
  readonly check?: boolean;
  readonly current?: boolean;
  readonly order?: string;
  readonly skipCacheRebuild?: boolean;
  readonly keepBackups?: number;
  readonly storageVersion?: string;
}

/** `dojo migrate`. */
export const migrateCommand: CommandDefinition = {
  make: makeMigrateCommand,
  whenStopped: 'everything is as it was',
};

function makeMigrateCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('migrate')
    .description(
      'Bring a DuckDB database to the schema of a migrations folder: all of it, or nothing, also when killed',
    )
    .option(
      '--database <file>',
      'DuckDB file; made where there is none (with --check it may be left out: the folder alone)',
    )
    .requiredOption('--migrations <dir>', 'folder of 0001_name.sql, …')
    .addOption(
      new Option(
        '--check',
        'look only: exit 3 if something is wrong',
      ).conflicts(['dryRun', 'planHash']),
    )
    .option('--current', 'with --check: exit 3 too if a migration is pending')
    .option('--dry-run', 'show the plan, rehearsed on a copy; write nothing')
    .option('--no-rehearsal', 'with --dry-run: show the plan alone')
    .option(
      '--order <how>',
      'file, or ddl-first: all pending DDL, then all pending DML (default: file)',
    )
    .option(
      '--skip-cache-rebuild',
      'leave the cache tables as they are (also: DOJO_SKIP_CACHE_REBUILD=1)',
    )
    .option('--keep-backups <n>', 'backups kept (default: 3)', Number)
    .option(
      '--storage-version <v>',
      'oldest DuckDB that opens a database made here (default: v1.0.0)',
    )
    .option(
      '--plan-hash <hash>',
      'migrate only if the plan still has this hash',
    )
    .addOption(memoryLimitOption())
    .option('--json', 'print plan and outcomes as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  dojo migrate --database ledger.duckdb --migrations migrations --dry-run',
    )
    .action(async (flags: MigrateFlags) =>
      exit(await runMigrate(flags, context)),
    );
}

async function runMigrate(
  { check = false, current, database, ...flags }: MigrateFlags,
  context: CommandContext,
): Promise<number> {
  if (current && !check) {
    throw cliErrors.flagNeedsFlag('migrate', '--current', '--check');
  }
  ensureRehearsalFlag('migrate', flags);
  const wishes = wishesOf(flags, context.env);
  if (check) {
    // A check needs none of them; a mistyped one is told all the same.
    parseInput(migrationChoicesSchema, wishes, 'dojo migrate');
    return runCheck({ ...flags, current, database }, context);
  }
  if (database === undefined) throw cliErrors.databaseMissing();
  return runMigration('migrate', { ...flags, database }, wishes, context);
}

/** The schema judges the values; here flags only get the names that it knows. */
function wishesOf(
  { order, skipCacheRebuild, keepBackups, storageVersion }: MigrateFlags,
  env: CommandContext['env'],
): Omit<MigrationRequestInput, 'database'> {
  return {
    order,
    keepBackups,
    storageVersion,
    skipCacheRebuild:
      skipCacheRebuild ||
      /^(?:1|true)$/.test(env.DOJO_SKIP_CACHE_REBUILD ?? ''),
  } as Omit<MigrationRequestInput, 'database'>;
}
