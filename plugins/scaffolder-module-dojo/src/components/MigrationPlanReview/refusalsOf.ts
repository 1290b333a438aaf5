import type {
  MigrationFinding,
  MigrationPlan,
} from 'backstage-plugin-dojo-common';

/** The findings that keep a plan from running; none: it may. */
export function refusalsOf({ shows }: MigrationPlan): MigrationFinding[] {
  return shows.findings.filter(({ severity }) => severity === 'error');
}
