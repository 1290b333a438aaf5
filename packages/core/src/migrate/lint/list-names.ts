/** Of names in one message, so many are listed: it is written for each statement, however many names there are. */
export const maxListed = 20;

/** `a, b` and, of many, `and more`. */
export function listNames(names: readonly string[]): string {
  return names.length > maxListed
    ? `${names.slice(0, maxListed).join(', ')} and more`
    : names.join(', ');
}
