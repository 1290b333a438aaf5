/** The number of a migration's id, which is what people say: `0013` of `0013_tags`; any other id as it is. */
export function shortId(id: string): string {
  return /^\d{4,9}(?=_|$)/.exec(id)?.[0] ?? id;
}
