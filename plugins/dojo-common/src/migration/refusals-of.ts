import type { MigrationFinding } from './migration-finding';

/**
 * The findings that keep a migration from running, those of severity `error`, in the order they are given. A plan or a
 * check without any may run.
 */
export function refusalsOf(
  findings: readonly MigrationFinding[],
): MigrationFinding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
