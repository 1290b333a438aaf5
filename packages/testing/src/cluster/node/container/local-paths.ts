/** Where a path of the container is on this machine. */
export interface LocalPath {
  /** `/data`, as the manifest says. */
  readonly path: string;
  readonly local: string;
}

/** On which port of this machine a port of the container is. */
export type LocalPorts = ReadonlyMap<number, number>;

/**
 * A process has no mount namespace and no address of its own, so what a manifest says of them is said anew in its arguments
 * and variables:
 *
 * - a mount path, where it begins a path and ends a part of it, becomes its folder: `/data/a.duckdb`, `--file=/data/a.duckdb`
 *   and `file:///data/a.duckdb`, but neither `/data2` nor `/mnt/data`;
 * - a port becomes the local one where it is a word (`8000`, `--port 8000`) or follows a colon or equals sign (`0.0.0.0:8000`,
 *   `--port=8000`, `http://127.0.0.1:8000/path`), whatever the number means there.
 */
export function toLocalText(
  text: string,
  paths: readonly LocalPath[],
  ports: LocalPorts,
): string {
  return toLocalPorts(toLocalPaths(text, paths), ports);
}

function toLocalPaths(text: string, paths: readonly LocalPath[]): string {
  const locals = new Map(
    paths
      .filter(({ path }) => path !== '/')
      .map(({ path, local }) => [path.replace(/\/+$/, ''), local]),
  );
  if (locals.size === 0) return text;
  // The deepest mount wins, and what was put in is not looked at again.
  const longestFirst = [...locals.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\w.~})-])(?:${longestFirst.map(escape).join('|')})(?![\\w-]|\\.\\w)`,
    'g',
  );
  return text.replace(pattern, found => locals.get(found) ?? found);
}

function toLocalPorts(text: string, ports: LocalPorts): string {
  return text.replace(
    /(^|[:=\s])(\d{1,5})(?=$|[/\s])/g,
    (found, before, digits) => {
      const local = ports.get(Number(digits));
      return local === undefined ? found : `${before}${local}`;
    },
  );
}

/**
 * Replaces `$(NAME)` by the variable; `$$` is a dollar sign, and a name that is not there stays as it is.
 *
 * Source: Kubernetes, "Define Dependent Environment Variables", and k8s.io/kubernetes/third_party/forked/golang/expansion.
 */
export function expandVariables(
  text: string,
  variables: Readonly<Record<string, string>>,
): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (found, name?: string) => {
    if (name === undefined) return '$';
    return Object.hasOwn(variables, name) ? variables[name] : found;
  });
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
