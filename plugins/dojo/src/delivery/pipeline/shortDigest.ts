/** The digest of an image as a card has room for it: `sha256:9f2c41…`. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, 'sha256:'.length + 6)}…`;
}
