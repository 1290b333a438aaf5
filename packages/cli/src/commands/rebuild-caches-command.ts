import { Command } from 'commander';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { memoryLimitOption } from '../memory-limit-flag';
import { runMigration } from '../run-migration';
import type { MigrationFlags } from '../run-migration';

interface RebuildCachesFlags extends MigrationFlags {
  readonly migrations: string;
  readonly keepBackups?: number;
}

/** `dojo rebuild-caches`. */
export const rebuildCachesCommand: CommandDefinition = {
  make: makeRebuildCachesCommand,
  whenStopped: 'everything is as it was',
};

function makeRebuildCachesCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('rebuild-caches')
    .description(
      'Derive the cache tables of a database again from its records, by caches/*.sql of the migrations folder',
    )
    .requiredOption('--database <file>', 'DuckDB file')
    .requiredOption(
      '--migrations <dir>',
      'folder of the migrations that are applied',
    )
    .option('--keep-backups <n>', 'backups kept (default: 3)', Number)
    .option('--dry-run', 'rehearse it on a copy; write nothing')
    .option('--no-rehearsal', 'with --dry-run: show the plan alone')
    .option(
      '--plan-hash <hash>',
      'rebuild only if the plan still has this hash',
    )
    .addOption(memoryLimitOption())
    .option('--json', 'print plan and outcomes as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  dojo rebuild-caches --database ledger.duckdb --migrations migrations',
    )
    .action(async ({ keepBackups, ...flags }: RebuildCachesFlags) => {
      const wishes = { operation: 'rebuild-caches' as const, keepBackups };
      exit(await runMigration('rebuild-caches', flags, wishes, context));
    });
}
