import type { MigrationPlanBody } from 'backstage-plugin-dojo-common';
import { filledChoices } from '../filledChoices';

/** What is done to the database. */
export type MigrationOperation = NonNullable<MigrationPlanBody['operation']>;

/** What each operation takes of a form; what the form holds beside it (of an old link, say) acts in none. */
const choicesOf: Readonly<
  Record<MigrationOperation, readonly (keyof MigrationPlanBody)[]>
> = {
  migrate: [
    'version',
    'order',
    'keepBackups',
    'skipCacheRebuild',
    'storageVersion',
    'deadline',
  ],
  restore: ['backup', 'deadline'],
  'rebuild-caches': ['version', 'deadline'],
};

/**
 * The body of the plan route, from the form's data so far. Absent: component or environment is not chosen yet.
 *
 * @param operation - what the template is for; default: what the form says, else to migrate
 */
export function migrationBodyOf(
  formData: unknown,
  operation?: MigrationOperation,
): MigrationPlanBody | undefined {
  const form = (formData ?? {}) as Record<string, unknown>;
  const { component, environment } = form;
  if (typeof component !== 'string' || component === '') return undefined;
  if (typeof environment !== 'string' || environment === '') return undefined;
  const chosen = operation ?? operationIn(form);
  return {
    component,
    environment,
    ...(chosen !== 'migrate' && { operation: chosen }),
    ...filledChoices(formData, choicesOf[chosen]),
  };
}

function operationIn({
  operation,
}: Record<string, unknown>): MigrationOperation {
  return typeof operation === 'string' && operation in choicesOf
    ? (operation as MigrationOperation)
    : 'migrate';
}
