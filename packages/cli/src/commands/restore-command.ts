import { Command } from 'commander';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { memoryLimitOption } from '../memory-limit-flag';
import { runMigration } from '../run-migration';
import type { MigrationFlags } from '../run-migration';

interface RestoreFlags extends MigrationFlags {
  readonly backup?: string;
  readonly keepBackups?: number;
}

/** `dojo restore`. */
export const restoreCommand: CommandDefinition = {
  make: makeRestoreCommand,
  whenStopped: 'everything is as it was',
};

function makeRestoreCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('restore')
    .description(
      'Put a backup that dojo migrate kept back in the place of its database; what is there becomes a backup',
    )
    .requiredOption('--database <file>', 'DuckDB file')
    .option(
      '--backup <id>',
      'which backup (default: latest, the newest that no restore made)',
    )
    .option(
      '--keep-backups <n>',
      'backups kept of each kind (default: 3)',
      Number,
    )
    .option('--dry-run', 'show the backups and what would be done')
    .option('--no-rehearsal', 'with --dry-run: do not look into the backup')
    .option(
      '--plan-hash <hash>',
      'restore only if the plan still has this hash',
    )
    .addOption(memoryLimitOption())
    .option('--json', 'print plan and outcomes as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  dojo restore --database ledger.duckdb --dry-run',
    )
    .action(async ({ backup, keepBackups, ...flags }: RestoreFlags) => {
      const wishes = { operation: 'restore' as const, backup, keepBackups };
      exit(await runMigration('restore', flags, wishes, context));
    });
}
