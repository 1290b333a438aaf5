import type { MigrationResult } from './migration-result';

/** Whose database a result is of, as people say it. */
export interface MigratedPlace {
  /** Name of the component. */
  readonly name: string;
  readonly environment: string;
}

/**
 * What a run did to a database, or a dry run would do, in sentences of Markdown that name component, environment and
 * release.
 *
 * @public
 */
export function summaryOfMigration(
  result: MigrationResult,
  place: MigratedPlace,
): string {
  const sentences = [
    whatHappened(result, place),
    result.backup && keptAs(result, result.backup),
    result.downtime !== undefined &&
      `Writes were blocked for ${(result.downtime / 1000).toFixed(1)} s.`,
  ];
  return sentences.filter(Boolean).join('\n\n');
}

function whatHappened(
  result: MigrationResult,
  { name, environment }: MigratedPlace,
): string {
  const database = `${name} on ${environment}`;
  const { decides } = result.plan;
  const release = result.version ? ` of ${result.version}` : '';
  switch (result.outcome) {
    case 'migrated':
      return `The database of ${database} was ${movement(
        result,
        result.to,
      )} with the migrations${release}.`;
    case 'already-migrated':
      return decides.operation === 'rebuild-caches'
        ? `The database of ${database} has no caches to rebuild. Nothing was done.`
        : `Already at ${shortLevel(result.to)}; nothing was done.`;
    case 'caches-rebuilt':
      return `The caches of ${database} were rebuilt with the files${release}. Its schema stays at ${level(
        result.to,
      )}.`;
    case 'restored':
      return `${environment} database restored to ${shortLevel(
        result.to,
      )}.\n\nThat is backup \`${decides.backup}\` of ${name}.`;
    case 'already-restored':
      return `The database of ${database} is backup \`${decides.backup}\` already. Nothing was done.`;
    default:
      return `Dry run: the database of ${database} would be ${wouldBe(
        result,
        release,
      )}. Nothing was changed.`;
  }
}

function wouldBe(result: MigrationResult, release: string): string {
  const { kind, decides, shows } = result.plan;
  switch (kind) {
    case 'restore':
      return `restored from backup \`${decides.backup}\`, from ${level(
        decides.from,
      )} to ${level(shows.to)}`;
    case 'rebuild-caches':
      return `kept at ${level(
        decides.from,
      )}, and its caches rebuilt with the files${release}`;
    default:
      return `${movement(result, shows.to)} with the migrations${release}`;
  }
}

function movement({ plan }: MigrationResult, to: string | undefined): string {
  if (!plan.shows.database) return `created at ${level(to)}`;
  return `migrated from ${level(plan.decides.from)} to ${level(to)}`;
}

function keptAs({ outcome }: MigrationResult, backup: string): string {
  const what =
    outcome === 'restored'
      ? 'The database that it replaced'
      : 'The database as it was before';
  return `${what} is kept beside it as backup \`${backup}\`.`;
}

function level(id: string | undefined): string {
  return id === undefined ? 'no migration' : `\`${id}\``;
}

/** `0015` of `0015_integrity`. */
function shortLevel(id: string | undefined): string {
  if (id === undefined) return 'no migration';
  return /^\d+/.exec(id)?.[0] ?? `\`${id}\``;
}
