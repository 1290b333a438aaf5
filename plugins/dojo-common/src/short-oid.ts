const shownDigits = 7;

/** The first seven digits of the id of a git object, as git shows it. */
export function shortOid(oid: string): string {
  return oid.slice(0, shownDigits);
}
