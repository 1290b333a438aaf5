import { kustomizationErrors } from './kustomization-errors';
import type { Place, Reference } from './kustomization';

const commit = /^[0-9a-fA-F]{40}$/;
const ref = /^(?!-)[A-Za-z0-9._/+-]{1,200}$/;
const folder = /^[A-Za-z0-9._@+-]+(?:\/[A-Za-z0-9._@+-]+)*$/;
const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const scpLike = /^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^/]/;
const maxLength = 2_000;
/** Each is read by kustomize as a repository of some host, with no scheme before it. */
const shorthand =
  /^(?:gh:|git::|git@|[a-z0-9-]+\.(?:com|org|net|io)\/[^/]+\/)/i;

/**
 * What an entry of `resources` or `components` names: a path of the same repository, or a folder of another one that is
 * pinned to a commit, `<repository>//<folder>?ref=<40 hex>`.
 *
 * @throws DojoError KUSTOMIZATION_REFERENCE_REFUSED, BASE_NOT_PINNED.
 */
export function parseReference(written: string, place: Place): Reference {
  ensurePrintable(written, place);
  const isAddress = scheme.test(written) || scpLike.test(written);
  if (isAddress || written.includes('?') || shorthand.test(written)) {
    return parseRemote(written, place);
  }
  return { kind: 'local', path: ensureLocal(written, place) };
}

/**
 * What an entry names that can only be a file.
 *
 * @throws DojoError KUSTOMIZATION_REFERENCE_REFUSED, also for an address.
 */
export function parseFileReference(written: string, place: Place): Reference {
  ensurePrintable(written, place);
  if (/^https?:/i.test(written)) {
    throw kustomizationErrors.reference(
      place,
      written,
      'is a file of the network, which is never fetched',
    );
  }
  return { kind: 'local', path: ensureLocal(written, place) };
}

function ensurePrintable(written: string, place: Place): void {
  if (written === '') {
    throw kustomizationErrors.reference(place, written, 'is empty');
  }
  if (written.length > maxLength) {
    throw kustomizationErrors.reference(
      place,
      written,
      `has more than ${maxLength} characters`,
    );
  }
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(written)) {
    throw kustomizationErrors.reference(
      place,
      written,
      'holds a control character',
    );
  }
}

function ensureLocal(path: string, place: Place): string {
  const refuse = (why: string) => {
    throw kustomizationErrors.reference(place, path, why);
  };
  if (/^[/~]/.test(path) || /^[A-Za-z]:/.test(path)) refuse('is absolute');
  if (path.includes('\\')) refuse('holds a backslash');
  if (/[:?*]/.test(path)) refuse('is no plain path');
  if (path.includes('//')) refuse('holds // and no address before it');
  return path;
}

function parseRemote(written: string, place: Place): Reference {
  const refuse = (why: string) => {
    throw kustomizationErrors.reference(place, written, why);
  };
  const [address, query, ...more] = written.split('?');
  if (more.length > 0 || written.includes('#')) {
    refuse('has two queries or a fragment');
  }
  const found = scheme.exec(address)?.[1].toLowerCase();
  if (found === undefined && !scpLike.test(address)) {
    refuse('names another host without https:// or ssh:// before it');
  }
  if (found !== undefined && !/^(?:https?|ssh|file)$/.test(found)) {
    refuse(`uses ${found}:, which is not allowed`);
  }
  if (
    /^https?:/i.test(address) &&
    address.replace(/^[^/]*\/\//, '').includes('@')
  ) {
    refuse('holds a user or a password');
  }
  const pinned = parseQuery(query, written, place);
  return { kind: 'remote', ...splitAddress(address, refuse), commit: pinned };
}

/** The commit; what else kustomize knows there is its own fetch's, which never runs. */
function parseQuery(
  query: string | undefined,
  written: string,
  place: Place,
): string {
  const refs: string[] = [];
  for (const part of (query ?? '').split('&').filter(one => one !== '')) {
    const [name, value = ''] = part.split('=');
    if (name === 'ref' || name === 'version') refs.push(value);
    else if (!/^timeout=\d{1,6}s?$|^submodules=(?:false|0)$/.test(part)) {
      throw kustomizationErrors.reference(
        place,
        written,
        `has "${name}" in its query, which is not allowed`,
      );
    }
  }
  const [only, second] = refs;
  if (only === undefined) {
    const what = /\.(?:ya?ml|json)$/i.test(written.split('?')[0])
      ? 'is a file of the network, which is never fetched'
      : 'names no commit';
    throw kustomizationErrors.notPinned(place, written, what);
  }
  if (second !== undefined) {
    throw kustomizationErrors.notPinned(place, written, 'names two refs');
  }
  if (!ref.test(only) || only.includes('..')) {
    throw kustomizationErrors.notPinned(
      place,
      written,
      'has a ref that is none',
    );
  }
  if (!commit.test(only)) {
    throw kustomizationErrors.notPinned(
      place,
      written,
      `is held to "${only}", which may move, and not to a commit`,
    );
  }
  return only.toLowerCase();
}

/** At the `//` that ends the repository, or behind its `.git`. */
function splitAddress(
  address: string,
  refuse: (why: string) => void,
): { repository: string; folder: string } {
  const start =
    /^[A-Za-z][A-Za-z0-9+.-]*:\/\/\/?/.exec(address)?.[0].length ?? 0;
  const rest = address.slice(start);
  const mark = /\/\//.exec(rest) ?? /\.git(?=\/)/.exec(rest);
  if (mark === null) {
    const segments = rest.replace(/\/$/, '').split('/').length;
    const isNetwork = /^(?:https?|ssh):/i.test(address);
    if (isNetwork && segments > 3 && !address.endsWith('.git')) {
      refuse(
        'does not show where the repository ends; write // before the folder',
      );
    }
    return { repository: address, folder: '' };
  }
  const end = mark.index + (mark[0] === '//' ? 0 : mark[0].length);
  const inside = rest.slice(end).replace(/^\/+/, '').replace(/\/$/, '');
  if (inside !== '' && !folder.test(inside))
    refuse('names a folder that is none');
  if (inside.split('/').some(part => part === '..' || part === '.')) {
    refuse('names a folder that leads elsewhere');
  }
  return { repository: address.slice(0, start + end), folder: inside };
}
