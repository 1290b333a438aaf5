import { refusalsOf } from 'backstage-plugin-dojo-common';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import { formatDuration } from './format-duration';
import { reportFindings } from './report-findings';
import {
  backupLines,
  databaseLines,
  pendingLines,
  rehearsalLines,
} from './report-migration-plan';
import { reportOutcome } from './report-outcome';
import { reportSections } from './report-sections';

/** A migration, a rebuild of caches, a restore, or the dry run of one, as a person reads it at a terminal. */
export function reportMigration(result: MigrationResult): string {
  const { plan, outcome } = result;
  const { shows } = plan;
  const isPlanned = outcome === 'planned';
  const files = new Map(shows.migrations.map(({ id, file }) => [id, file]));
  return reportSections([
    [headline(result), shows.reason, ...databaseLines(plan)],
    shows.warnings.map(warning => `warning: ${warning}`),
    reportFindings(
      // How it will run is for who reviews it.
      shows.findings.filter(({ severity }) => isPlanned || severity !== 'note'),
    ),
    isPlanned ? pendingLines(shows) : [],
    shows.rehearsal ? rehearsalLines(shows.rehearsal, files, !isPlanned) : [],
    isPlanned && !isRefused(result)
      ? shows.effects.map(
          ({ text, already }) =>
            `${already ? 'already there' : 'will happen'}: ${text}`,
        )
      : [],
    result.effects.map(reportOutcome),
    isPlanned || outcome === 'already-restored' ? backupLines(shows) : [],
    isPlanned ? [`plan ${result.planHash}`] : [],
  ]);
}

/** A plan that is only looked at has its errors in it; a run has thrown the first one. */
function isRefused({ plan }: MigrationResult): boolean {
  return refusalsOf(plan.shows.findings).length > 0;
}

function headline(result: MigrationResult): string {
  const { outcome, from, to, applied, plan } = result;
  if (isRefused(result)) {
    return `Refused, nothing written: at ${from ?? 'no migration'}`;
  }
  const steps = `${from ?? 'nothing'} → ${to ?? 'nothing'}`;
  switch (outcome) {
    case 'migrated':
      return `Migrated ${steps}: ${applied.length} applied${costs(result)}`;
    case 'already-migrated':
      return `Nothing to migrate: at ${to ?? 'no migration'}`;
    case 'caches-rebuilt':
      return `Caches rebuilt at ${to ?? 'no migration'}${costs(result)}`;
    case 'restored':
      return `Restored ${plan.decides.backup ?? ''}: ${steps}${costs(result)}`;
    case 'already-restored':
      return `Nothing to restore: at ${to ?? 'no migration'}`;
    case 'planned':
      return `Planned, nothing written: ${from ?? 'nothing'} → ${
        plan.shows.to ?? 'nothing'
      }`;
    default:
      return assertNever(outcome);
  }
}

function costs({ backup, downtime }: MigrationResult): string {
  const kept = backup === undefined ? [] : [`backup ${backup}`];
  const held =
    downtime === undefined ? [] : [`held for ${formatDuration(downtime)}`];
  const both = [...kept, ...held];
  return both.length === 0 ? '' : ` (${both.join(', ')})`;
}

function assertNever(value: never): never {
  throw new Error(`unexpected outcome ${JSON.stringify(value)}`);
}
