import type { DeliveryAction } from 'backstage-plugin-dojo-common';

/** What a button says, with its code for who translates it. */
export type ActionLabel = DeliveryAction['label'];

const make = (
  code: string,
  sentence: string,
  values: Record<string, string>,
): ActionLabel => ({ code, values, sentence });

/** What the buttons say: each names what it brings. */
export const labels = {
  release: (version: string) =>
    make('release', `Release ${version}…`, { version }),
  releaseFrom: (version: string, branch: string) =>
    make('release-from', `Release ${version} from ${branch}…`, {
      version,
      branch,
    }),
  releaseAny: () => make('release-any', 'Release a version…', {}),
  finishRelease: (version: string) =>
    make('finish-release', `Finish the release of ${version}…`, { version }),
  ship: (version: string, environment: string) =>
    make('ship', `Ship ${version} to ${environment}…`, {
      version,
      environment,
    }),
  shipAny: (environment: string) =>
    make('ship-any', `Ship to ${environment}…`, { environment }),
  deploy: (version: string, environment: string) =>
    make('deploy', `Deploy ${version} to ${environment}…`, {
      version,
      environment,
    }),
  deployAgain: (version: string, environment: string) =>
    make('deploy-again', `Deploy ${version} to ${environment} again…`, {
      version,
      environment,
    }),
  deployAny: (environment: string) =>
    make('deploy-any', `Deploy to ${environment}…`, { environment }),
  promote: (version: string, environment: string) =>
    make('promote', `Promote ${version} to ${environment}…`, {
      version,
      environment,
    }),
  promoteAny: (source: string, environment: string) =>
    make('promote-any', `Promote from ${source} to ${environment}…`, {
      source,
      environment,
    }),
  rollBack: (version: string, environment: string) =>
    make('roll-back', `Roll back to ${version}…`, { version, environment }),
  rollBackAny: (environment: string) =>
    make('roll-back-any', `Roll back ${environment}…`, { environment }),
  migrate: (version: string, environment: string) =>
    make('migrate', `Migrate ${environment} to ${version}…`, {
      version,
      environment,
    }),
  migrateAny: (environment: string) =>
    make('migrate-any', `Migrate ${environment}…`, { environment }),
  restore: (environment: string) =>
    make('restore', 'Restore a backup…', { environment }),
  rebuildCaches: (environment: string) =>
    make('rebuild-caches', `Rebuild the caches of ${environment}…`, {
      environment,
    }),
  reject: (version: string) =>
    make('reject', `Reject ${version}…`, { version }),
  merge: (version: string, environment: string) =>
    make('merge', `Review and merge ${version}…`, { version, environment }),
  mergeAny: (environment: string) =>
    make('merge-any', `Review and merge the change of ${environment}…`, {
      environment,
    }),
  setUp: (environment: string) =>
    make('set-up', `Set up ${environment}…`, { environment }),
  restoreOverlay: (environment: string) =>
    make('restore-overlay', 'Restore the former overlay…', { environment }),
  change: (environment: string) =>
    make('change', `Change ${environment}…`, { environment }),
} as const;
