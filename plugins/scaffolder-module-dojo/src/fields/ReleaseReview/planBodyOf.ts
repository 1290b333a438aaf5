import {
  releaseChoicesSchema,
  type ReleasePlanBody,
} from 'backstage-plugin-dojo-common';

// The plan route dates the plan itself; the reviewed date leaves the form only with the field's value.
const choices = Object.keys(releaseChoicesSchema.shape).filter(
  name => name !== 'date',
);

/**
 * The body of the plan route, from the form's data so far: the component and those choices that are filled in, each
 * under its own name in the form. Absent: no component is chosen yet.
 */
export function planBodyOf(formData: unknown): ReleasePlanBody | undefined {
  const form = (formData ?? {}) as Record<string, unknown>;
  const { component } = form;
  if (typeof component !== 'string' || component === '') return undefined;
  const chosen = choices
    .filter(name => form[name] !== undefined && form[name] !== '')
    .map(name => [name, form[name]]);
  return { component, ...Object.fromEntries(chosen) };
}
