/** The hash of a git object that begins with `start`. */
export function objectId(start: string): string {
  return start.padEnd(40, '0');
}
