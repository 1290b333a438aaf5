import {
  releaseChoicesSchema,
  type ReleasePlanBody,
} from 'backstage-plugin-dojo-common';
import { filledChoices } from '../filledChoices';

// The plan route dates the plan itself; the reviewed date leaves the form only with the field's value.
const choices = Object.keys(releaseChoicesSchema.shape).filter(
  name => name !== 'date',
);

/** The body of the plan route, from the form's data so far. Absent: no component is chosen yet. */
export function planBodyOf(formData: unknown): ReleasePlanBody | undefined {
  const { component } = (formData ?? {}) as Record<string, unknown>;
  if (typeof component !== 'string' || component === '') return undefined;
  return { component, ...filledChoices(formData, choices) };
}
