import { parse } from 'yaml';

/** Characters that make a plain scalar something else in some place: in a flow collection, before a comment, as a key. */
const special = /[\s#,:[\]{}&*!|>'"%@`?\\]/;

/**
 * A value as YAML text that every reader takes for text: as it is, or in double quotes where YAML 1.1 (which kustomize's
 * readers follow) or 1.2 takes it for a number, a boolean, a date or null.
 */
export function yamlText(value: string): string {
  return isPlain(value) ? value : JSON.stringify(value);
}

/** Whether it may stand without quotes anywhere. */
export function isPlain(value: string): boolean {
  return !special.test(value) && isText(value);
}

/** A value for a line of its own: an address, which has colons in it, needs no quotes there. */
export function yamlLine(value: string): string {
  return isText(value) && !/[:#]\s|\s#|[:\s]$|\p{Cc}/u.test(value)
    ? value
    : JSON.stringify(value);
}

function isText(value: string): boolean {
  if (value === '' || /^[-.=<~]/.test(value)) return false;
  try {
    return (['1.1', '1.2'] as const).every(
      version => parse(value, { version, logLevel: 'silent' }) === value,
    );
  } catch {
    return false;
  }
}
