const schemePattern = /^(?:https?|ssh|git(?:\+ssh)?|ftps?|file):\/{0,2}/i;
/** A password where the port would be, in an address that has no `@` to end it. */
const portless = /^[^/?#@:]*:(?!\d{0,5}(?:[/?#]|$))/;

/**
 * An address as a reader may see it, also where it is no proper one: its scheme, and what follows the last `@`, since all
 * before that may be a password, whatever stands in it. Nothing of a query or a fragment is shown.
 */
export function withoutCredentials(text: string): string {
  const scheme = schemePattern.exec(text)?.[0] ?? '';
  const at = text.lastIndexOf('@');
  // `git@host:path`: a name that is in every such address, and no secret.
  const isPlain = at < 0 || text.slice(0, at) === 'git';
  const rest = isPlain ? text.slice(scheme.length) : text.slice(at + 1);
  if (at < 0 && scheme.endsWith('//') && portless.test(rest)) {
    return `${scheme}…`;
  }
  const end = scheme === '' && isPlain ? -1 : rest.search(/[?#]/);
  return `${scheme}${end < 0 ? rest : rest.slice(0, end)}`;
}
