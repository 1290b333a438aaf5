/** The first seven digits of a git object's hash, as git shows it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 7);
}
