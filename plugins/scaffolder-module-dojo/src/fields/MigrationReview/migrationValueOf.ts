import {
  refusalsOf,
  isAlreadyDone,
  type MigrationResult,
} from 'backstage-plugin-dojo-common';
import type { MigrationReviewValue } from './schema';

/** What goes with the form for a plan; absent where it may not run, or running it would change nothing. */
export function migrationValueOf({
  plan,
  planHash,
  version,
}: MigrationResult): MigrationReviewValue | undefined {
  if (isAlreadyDone(plan)) return undefined;
  if (refusalsOf(plan.shows.findings).length > 0) return undefined;
  const { from, backup } = plan.decides;
  const { to } = plan.shows;
  return {
    planHash,
    ...(version && { version }),
    ...(backup && { backup }),
    ...(from && { from }),
    ...(to && { to }),
  };
}
