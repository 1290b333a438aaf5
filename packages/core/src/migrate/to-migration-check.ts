import { refusalsOf } from 'backstage-plugin-dojo-common';
import type {
  MigrationCheck,
  MigrationFinding,
} from 'backstage-plugin-dojo-common';
import { compareIds, toFileId } from './files/file-id';
import type { DatabaseState } from './database-state';
import { lintMigrations } from './lint/lint-migrations';
import type { MigrationSet } from './files/migration';
import { headOf, pendingMigrations, preflight } from './preflight';
import { textFindings } from './text-findings';

/**
 * The answer of `--check`: pure, and never throws.
 * @param state undefined: the folder alone is checked, all of it as if it were pending.
 * @param findings of {@link readMigrations}.
 */
export function toMigrationCheck(
  state: DatabaseState | undefined,
  set: MigrationSet,
  findings: readonly MigrationFinding[],
): MigrationCheck {
  const pending = pendingMigrations(state, set);
  const all = [
    ...findings,
    ...textFindings(state, set),
    ...(state ? preflight(state, set) : []),
    ...lintMigrations(set, [...pending, ...set.caches]),
  ];
  const head = headOf(state, set);
  const level = pending.length > 0 ? 'pending' : 'current';
  return {
    outcome: refusalsOf(all).length > 0 ? 'refused' : level,
    ...(state && { database: state.database }),
    ...(head !== undefined && { head }),
    applied: (state?.file?.applied ?? [])
      .map(({ id }) => toFileId(id, set))
      .sort(compareIds),
    pending: pending.map(({ id }) => id),
    findings: all,
  };
}
