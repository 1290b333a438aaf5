/** Longer names are refused: no file system holds them. */
const maxBytes = 240;

/**
 * Whether git takes this for the full name of a ref (`refs/heads/main`), by the rules of `git check-ref-format`. Such a
 * name holds no `:` and no wildcard, so that it is one ref wherever git is given it; and no branch begins with a hyphen.
 */
export function isRefName(name: string): boolean {
  const parts = name.split('/');
  return (
    Buffer.byteLength(name) <= maxBytes &&
    parts.length > 2 &&
    parts[0] === 'refs' &&
    parts.every(isPart) &&
    !/\.\.|@\{|[\p{Cc} ~^:?*[\\]/u.test(name) &&
    !name.endsWith('.') &&
    !name.startsWith('refs/heads/-') &&
    name !== 'refs/heads/HEAD'
  );
}

function isPart(part: string): boolean {
  return part !== '' && !part.startsWith('.') && !part.endsWith('.lock');
}

/** The full name of a branch; undefined where git takes it for none. */
export function branchRef(branch: string): string | undefined {
  const ref = `refs/heads/${branch}`;
  return isRefName(ref) ? ref : undefined;
}
