import type {
  DeliveryAttention,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import type { DatabaseFacts, FailedRun } from '../facts';
import { millisOf } from '../words/clock-time';
import { actionOf } from './attention-ground';
import type { AttentionGround } from './attention-ground';

/** What the files themselves failed: it would fail again, until another release mends them. */
const ofFiles: ReadonlySet<string> = new Set([
  'MIGRATION_STATEMENT_FAILED',
  'MIGRATION_COMMIT_FAILED',
  'MIGRATION_CONSTRAINT_BROKEN',
  'MIGRATION_ASSERT_FAILED',
]);

/** Rank 6: the last run on a database failed for its migrations, and the database is as it was. */
export function failedMigrationAttention(
  ground: AttentionGround,
  { name, database }: DeliveryEnvironment,
): DeliveryAttention[] {
  const { facts } = ground.state;
  if (database.kind === 'migrating') return [];
  const last = newestOf(
    facts.failures.filter(
      ({ environment, error: { code } }) =>
        environment === name && code !== undefined && ofFiles.has(code),
    ),
  );
  if (last === undefined || isPast(last, facts.databases[name])) return [];
  return [
    {
      rank: 6,
      code: 'MIGRATION_FAILED',
      environment: name,
      since: last.at,
      sentence: last.error.message,
      hint: 'Change the migration and release it again.',
      run: last.id,
      ...actionOf(ground, ['migrate'], name),
    },
  ];
}

function newestOf(failures: readonly FailedRun[]): FailedRun | undefined {
  return failures.reduce<FailedRun | undefined>(
    (newest, each) =>
      newest === undefined || millisOf(each.at) > millisOf(newest.at)
        ? each
        : newest,
    undefined,
  );
}

/** Whether something came about on the database since. */
function isPast(
  { at }: FailedRun,
  database: DatabaseFacts | undefined,
): boolean {
  const { applied = [], restores = [] } = database ?? {};
  return [...applied, ...restores].some(
    each => millisOf(each.at) > millisOf(at),
  );
}
