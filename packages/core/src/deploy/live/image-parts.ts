/** Of two references to one repository, what differs: `sha256:9f2c…` and `:test`. */
export function imageParts(
  wanted: string,
  live: string,
): readonly [string, string] {
  const one = splitImage(wanted);
  const other = splitImage(live);
  const isDigest = /^sha256:[0-9a-f]{64}$/.test(wanted);
  return isDigest || one.name === other.name
    ? [isDigest ? wanted : one.rest, other.rest]
    : [wanted, live];
}

function splitImage(image: string): { name: string; rest: string } {
  const [named, digest] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? '' : named.slice(colon);
  return { name, rest: digest ?? (tag === '' ? image : tag) };
}
