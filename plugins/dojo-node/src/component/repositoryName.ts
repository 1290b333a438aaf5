/** An address of a repository, said in one way: scheme, host and path. */
const scpLike = /^(?:[^@/:]+@)?([A-Za-z0-9.-]+):(?!\/\/)([^:].*)$/;

/**
 * One name for each repository, whatever way its address is written: without credentials, `.git` and slashes at its end,
 * on a host in lower case; over ssh and over https it is the same one. Names are compared, never opened.
 *
 * @returns undefined where it is no address.
 */
export function repositoryName(address: string): string | undefined {
  if (/^file:/i.test(address)) return `file:${withoutEnd(address.slice(5))}`;
  if (!address.includes('://')) {
    const [, host, path] = scpLike.exec(address) ?? [];
    return host && path ? named('ssh:', host, `/${path}`) : undefined;
  }
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(address);
  // With a query it is another address, of which nothing is known.
  if (host === '' || search !== '' || hash !== '') return undefined;
  return named(protocol, host, pathname);
}

function named(protocol: string, host: string, path: string): string {
  const scheme = protocol === 'ssh:' ? 'https:' : protocol;
  return `${scheme}//${host.toLowerCase()}/${withoutEnd(
    path.replace(/^\/+/, ''),
  ).toLowerCase()}`;
}

function withoutEnd(path: string): string {
  return path.replace(/\/+$/, '').replace(/\.git$/i, '');
}
