import { refusalsOf } from 'backstage-plugin-dojo-common';
import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import { reportFindings } from './report-findings';
import { reportSections } from './report-sections';

const maxIds = 20;

/** The answer of `dojo migrate --check` as a person reads it. */
export function reportCheck(check: MigrationCheck): string {
  const { pending, findings } = check;
  return reportSections([
    [headline(check)],
    pending.length === 0
      ? []
      : [
          `Pending (${pending.length})`,
          '',
          ...pending.slice(0, maxIds).map(id => `  ${id}`),
          ...(pending.length > maxIds
            ? [`  … ${pending.length - maxIds} more`]
            : []),
        ],
    reportFindings(findings),
  ]);
}

function headline({
  outcome,
  database,
  head,
  applied,
  pending,
  findings,
}: MigrationCheck): string {
  const what = database ?? 'The migrations folder';
  if (outcome === 'refused') {
    return `Refused: ${what} has ${count(
      refusalsOf(findings).length,
      'error',
    )}`;
  }
  if (database === undefined) {
    return `Valid: ${count(pending.length, 'migration')}`;
  }
  const at = head === undefined ? 'no migration' : head;
  return outcome === 'current'
    ? `Current: ${what} is at ${at} (${applied.length} applied)`
    : `Pending: ${what} is at ${at} (${applied.length} applied, ${pending.length} pending)`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
