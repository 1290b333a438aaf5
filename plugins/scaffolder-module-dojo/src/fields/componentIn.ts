/** What a form holds so far, of which the fields here read a name. */
interface FormContext {
  readonly formData?: unknown;
}

/** The component that a form holds so far; absent: none is chosen yet. */
export function componentIn(form: FormContext | undefined): string | undefined {
  return textIn(form, 'component');
}

/** A text that a form holds so far under a name; absent: it is not filled in. */
export function textIn(
  form: FormContext | undefined,
  name: string,
): string | undefined {
  const value = ((form?.formData ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
