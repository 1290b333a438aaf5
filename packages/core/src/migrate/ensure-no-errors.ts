import { refusalsOf } from 'backstage-plugin-dojo-common';
import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { migrateErrors } from './migrate-errors';

/**
 * Ends a run before anything is touched.
 *
 * @throws DojoError under the code of the first finding of severity `error`, saying how many more there are.
 */
export function ensureNoErrors(findings: readonly MigrationFinding[]): void {
  const [first, ...more] = refusalsOf(findings);
  if (first) throw migrateErrors.findingsRefuse(first, more.length);
}
