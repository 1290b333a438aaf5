import {
  migrationChoicesSchema,
  type MigrationPlanBody,
} from 'backstage-plugin-dojo-common';
import { filledChoices } from '../filledChoices';

const choices = Object.keys(migrationChoicesSchema.shape);

/** The body of the plan route, from the form's data so far. Absent: component or environment is not chosen yet. */
export function migrationBodyOf(
  formData: unknown,
): MigrationPlanBody | undefined {
  const { component, environment } = (formData ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof component !== 'string' || component === '') return undefined;
  if (typeof environment !== 'string' || environment === '') return undefined;
  return { component, environment, ...filledChoices(formData, choices) };
}
