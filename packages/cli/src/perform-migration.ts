import { describeOutcome } from 'backstage-plugin-dojo-common';
import type {
  MigrationChildRequest,
  MigrationResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { limitEngine, migrate } from 'dojo-portal-core/migrate';
import type { CommandContext } from './command-context';
import { exitCodeOfMigration } from './exit-code';
import { migratePorts } from './ports/migrate-ports';
import { ProgressLog } from './reports/progress-log';

/** Options of {@link performMigration}. */
export interface PerformMigrationOptions {
  /** Called with each outcome as soon as it is known; default: it is a line of the log. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** How it ended. */
export interface PerformedMigration {
  readonly result: MigrationResult;
  readonly code: number;
}

/** Does what flags or a request ask for, with the log on stderr, which is left as it was found when it ends. */
export async function performMigration(
  asked: Omit<MigrationChildRequest, 'kind'>,
  context: CommandContext,
  options: PerformMigrationOptions = {},
): Promise<PerformedMigration> {
  const { mode, request, migrations, noLinksBelow, planHash } = asked;
  const { memoryBytes, spillBytes } = asked;
  limitEngine({
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(spillBytes !== undefined && { spillBytes }),
  });
  const progress = new ProgressLog(context.stderr, {
    isTerminal: context.isTerminal,
  });
  const { onOutcome = outcome => progress.log(describeOutcome(outcome)) } =
    options;
  try {
    const ports = migratePorts(context, migrations, {
      ...(noLinksBelow !== undefined && { noLinksBelow }),
    });
    const result = await migrate(request, ports, {
      signal: context.signal,
      dryRun: mode !== 'run',
      rehearse: mode !== 'plan',
      ...(planHash !== undefined && { planHash }),
      log: line => progress.log(line),
      onOutcome,
    });
    return { result, code: exitCodeOfMigration(result) };
  } finally {
    progress.close();
  }
}
