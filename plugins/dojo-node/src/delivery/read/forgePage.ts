import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { ForgePage } from 'dojo-portal-core/repository';

/** The page of a repository that people read, and whether it is one whose other pages are known. */
export type RepositoryPage =
  | ForgePage
  | { readonly kind: 'other'; readonly url: string };

/** The page of a repository on an integration's host; undefined: it is on this machine, or nobody knows its page. */
export function forgePage(
  repository: string,
  integrations: ScmIntegrationRegistry,
): RepositoryPage | undefined {
  const place = placeOf(repository);
  if (place === undefined) return undefined;
  const { scheme, host, path } = place;
  const type = integrations.byHost(host)?.type;
  if (type === undefined) return undefined;
  const url = `${scheme}://${host}/${path}`;
  return type === 'github' || type === 'gitlab'
    ? { kind: type, url }
    : { kind: 'other', url };
}

function placeOf(repository: string) {
  const [, scheme, ofUrl, ofPath] =
    /^(https?|ssh):\/\/(?:[^@/]*@)?([^/?#]+)\/([^?#]+)$/i.exec(repository) ??
    [];
  const [, ofScp, scpPath] =
    /^(?:[^@/:]+@)([^/:]+):([^/].*)$/.exec(repository) ?? [];
  const host = ofUrl ?? ofScp;
  const path = ofPath ?? scpPath;
  if (host === undefined || path === undefined) return undefined;
  return {
    // A page is never served over ssh, nor at its port.
    scheme: scheme?.toLowerCase() === 'http' ? 'http' : 'https',
    host: scheme?.toLowerCase() === 'ssh' ? host.replace(/:\d+$/, '') : host,
    path: path.replace(/\/$/, '').replace(/\.git$/, ''),
  };
}
