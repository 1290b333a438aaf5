/** Where a service keeps the Kustomize base of its deployments. */
export interface BaseAddress {
  /** Address of the git repository, as it was written. */
  readonly repository: string;
  /** Folder in it, relative, with forward slashes. */
  readonly path: string;
}

const maxLength = 1_000;

/**
 * Reads `<repository>//<path>`, as kustomize writes a base in a git repository, without its `?ref=`: the first `//` behind
 * the scheme is the border.
 *
 * @returns the problem in words where it is none.
 * @public
 */
export function parseBaseAddress(text: string): BaseAddress | string {
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  if (/[\p{Cc}\s?#"'\\]/u.test(text)) {
    return 'holds a blank, a quote, a query or a fragment';
  }
  const scheme = text.indexOf('://');
  const from = scheme < 0 ? 0 : scheme + '://'.length;
  const border = text.indexOf('//', from);
  if (border < 0 || border === from) {
    return 'must be <repository>//<path>, such as https://github.com/acme/ledger.git//deploy/k8s/base';
  }
  const repository = text.slice(0, border);
  const path = text.slice(border + 2).replace(/\/$/, '');
  if (repository.startsWith('-')) return 'begins with a hyphen';
  if (/^https?:\/\/[^/]*@/i.test(repository)) {
    return 'holds credentials, which would be written into the overlay';
  }
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    return 'must name a folder below the root of its repository';
  }
  return { repository, path };
}
