/**
 * The choices that a form holds so far, each under its own name in the form; an empty text is none. The form's other
 * fields are left out: the routes know no others.
 */
export function filledChoices(
  formData: unknown,
  names: readonly string[],
): Record<string, unknown> {
  const form = (formData ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    names
      .filter(name => form[name] !== undefined && form[name] !== '')
      .map(name => [name, form[name]]),
  );
}
