import type {
  MigrationDecides,
  MigrationPlan,
} from 'backstage-plugin-dojo-common';

/** What a plan does, or why it does nothing, in one sentence. `errors`: how many findings keep it from running. */
export function planReason(
  kind: MigrationPlan['kind'],
  decides: MigrationDecides,
  to: string | undefined,
  errors: number,
): string {
  if (errors > 0) {
    return `Nothing runs: ${count(errors, 'error')} must be corrected first.`;
  }
  const { migrations, caches, from, backup, operation } = decides;
  switch (kind) {
    case 'migrate':
      return decides.fromFingerprint === undefined
        ? `There is no database yet: it is made by ${count(
            migrations.length,
            'migration',
          )}, up to ${to}.`
        : `${count(migrations.length, 'migration')} ${
            migrations.length === 1 ? 'is' : 'are'
          } pending, from ${from ?? 'an empty database'} to ${to}.`;
    case 'already-migrated':
      return operation === 'rebuild-caches'
        ? 'There are no caches to rebuild.'
        : `Every migration is applied, up to ${to}.`;
    case 'already-restored':
      return `The database is already backup ${backup}.`;
    case 'rebuild-caches':
      return `${count(caches.length, 'cache')} ${
        caches.length === 1 ? 'is' : 'are'
      } rebuilt.`;
    default:
      return decides.fromFingerprint === undefined
        ? `Backup ${backup} becomes the database, which is not there.`
        : `Backup ${backup} takes the place of the database at ${
            from ?? 'no migration'
          }.`;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
