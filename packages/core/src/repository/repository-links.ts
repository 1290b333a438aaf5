/** The pages of a repository on its forge. */
export interface RepositoryLinks {
  commit(sha: string): string;
  compare(from: string, to: string): string;
  tag(name: string): string;
  /** A pull or merge request by its number. */
  request(number: number): string;
  /** A folder or a file at a branch. */
  folder(ref: string, path: string): string;
  /** A file at a branch, and the line in it. */
  file(ref: string, path: string, line?: number): string;
}

/** The page of a repository that people read. */
export interface ForgePage {
  readonly kind: 'github' | 'gitlab';
  /** `https://github.com/acme/ledger` */
  readonly url: string;
}

/** Addresses of pages of a forge, by its kind; nothing is asked of it. */
export function repositoryLinks({ kind, url }: ForgePage): RepositoryLinks {
  const at = kind === 'gitlab' ? `${url}/-` : url;
  return {
    commit: sha => `${at}/commit/${sha}`,
    compare: (from, to) => `${at}/compare/${encoded(from)}...${encoded(to)}`,
    tag: name =>
      kind === 'gitlab'
        ? `${at}/tags/${encoded(name)}`
        : `${at}/releases/tag/${encoded(name)}`,
    request: number =>
      kind === 'gitlab'
        ? `${at}/merge_requests/${number}`
        : `${at}/pull/${number}`,
    folder: (ref, path) => `${at}/tree/${encoded(ref)}/${encoded(path)}`,
    file: (ref, path, line) =>
      `${at}/blob/${encoded(ref)}/${encoded(path)}${
        line === undefined ? '' : `#L${line}`
      }`,
  };
}

/** Slashes of branches and paths stay. */
function encoded(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/');
}
