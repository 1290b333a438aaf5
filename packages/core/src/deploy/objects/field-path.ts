/** A name that needs no quotes: `replicas`, and not `app.kubernetes.io/name`. */
const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const maxKey = 120;
const maxPath = 1_000;

/** Text in quotes on one line, in which nothing moves a cursor or turns the direction of what follows. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cf}\u007f-\u009f\u2028\u2029]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The path of a field of a mapping: `.spec.replicas`, `.metadata.labels["app.kubernetes.io/name"]`. */
export function fieldPath(path: string, key: string): string {
  const shown = key.length > maxKey ? `${key.slice(0, maxKey)}…` : key;
  return withinLimit(
    plainKey.test(shown) ? `${path}.${shown}` : `${path}[${quoted(shown)}]`,
  );
}

/** The path of an entry of a list by its number, from 0. */
export function indexPath(path: string, index: number): string {
  return withinLimit(`${path}[${index}]`);
}

/** The path of an entry of a list by the fields that name it: `containers[name="ledger"]`. */
export function entryPath(
  path: string,
  names: readonly (readonly [string, unknown])[],
): string {
  const written = names.map(
    ([key, value]) =>
      `${key}=${
        typeof value === 'string'
          ? quoted(value.slice(0, maxKey))
          : String(value)
      }`,
  );
  return withinLimit(`${path}[${written.join(',')}]`);
}

function withinLimit(path: string): string {
  return path.length > maxPath ? `${path.slice(0, maxPath)}…` : path;
}
