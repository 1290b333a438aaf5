/** Kinds of integration whose web addresses we can read; see {@link toRepositoryUrl}. */
const pathOfRepository: Record<
  string,
  (segments: string[]) => string[] | undefined
> = {
  github: firstTwo,
  gitea: firstTwo,
  bitbucketCloud: firstTwo,
  // Groups nest, and a page inside a project comes after a dash: /group/sub/project/-/tree/main
  gitlab: segments => {
    const dash = segments.indexOf('-');
    const path = dash === -1 ? segments : segments.slice(0, dash);
    return path.length >= 2 ? path : undefined;
  },
};

/**
 * The git repository behind a source location: `https://github.com/acme/ledger/tree/main/` is
 * `https://github.com/acme/ledger`. Without credentials, query and fragment.
 *
 * @param integration - type of the integration that the location's host belongs to
 * @returns undefined where the address does not lead to a repository for certain.
 */
export function toRepositoryUrl(
  location: string,
  integration: string | undefined,
): string | undefined {
  if (!URL.canParse(location)) return undefined;
  const { protocol, host, pathname } = new URL(location);
  const segments = pathname.split('/').filter(segment => segment !== '');
  const path = pathOfRepository[integration ?? '']?.(segments);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return path && `${protocol}//${host}/${path.join('/')}`;
}

function firstTwo(segments: string[]): string[] | undefined {
  return segments.length >= 2 ? segments.slice(0, 2) : undefined;
}
