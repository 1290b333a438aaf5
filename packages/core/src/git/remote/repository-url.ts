import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutCredentials } from '../../text/without-credentials';
import { gitErrors } from '../git-errors';

/** Where a repository is; nothing in it is secret but `userInfo`. */
export type RepositoryUrl =
  | {
      readonly kind: 'http';
      /** Without credentials; what git is given, and what a reader sees. */
      readonly url: string;
      /** `github.com`, `localhost:3000`: lower case, with the port where it is not the scheme's own. */
      readonly host: string;
      /** `user:password` as the URL carried it, decoded. */
      readonly userInfo?: string;
    }
  | { readonly kind: 'ssh'; readonly url: string; readonly host: string }
  | { readonly kind: 'local'; readonly path: string };

const schemes = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const hostName = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])$/;
const scpLike = /^(?:([^@/:]+)@)?([^/:]+|\[[^\]]+\]):(.+)$/;

/**
 * Parses the address of a repository: https, http, ssh, `user@host:path`, `file:` or a local path, which is resolved
 * against `cwd`.
 *
 * @throws DojoError GIT_URL_INVALID; the message never holds the URL's credentials.
 */
export function parseRepositoryUrl(text: string, cwd: string): RepositoryUrl {
  if (text.trim() === '') throw refuse('""', 'it is empty');
  const control = /[\p{Cc} ]/u.exec(text)?.[0];
  if (control !== undefined && (control !== ' ' || !isPath(text))) {
    throw refuse(quoteUrl(text), 'it holds a blank or control character');
  }
  if (text.startsWith('-')) {
    throw refuse(quoteUrl(text), 'it begins with a hyphen, as an option does');
  }
  if (/^[A-Za-z0-9]+::/.test(text)) {
    throw refuse(quoteUrl(text), 'remote helpers are not allowed');
  }
  const scheme = schemes.exec(text)?.[1].toLowerCase();
  if (scheme === 'file') return parseFileUrl(text, cwd);
  if (text.includes('://')) return parseSchemeUrl(text, scheme);
  if (isPath(text)) return { kind: 'local', path: resolve(cwd, text) };
  return parseScpLike(text);
}

/** As git decides it: a colon before the first slash makes an address, all else is a path. */
function isPath(text: string): boolean {
  if (text.includes('://') || /^file:/i.test(text)) return false;
  const colon = text.indexOf(':');
  const slash = text.indexOf('/');
  return colon === -1 || (slash !== -1 && slash < colon);
}

function parseFileUrl(text: string, cwd: string): RepositoryUrl {
  if (/^file:\/\//i.test(text)) {
    try {
      return { kind: 'local', path: fileURLToPath(text) };
    } catch {
      throw refuse(quoteUrl(text), 'a file: URL names no other host');
    }
  }
  try {
    const path = decodeURIComponent(text.slice('file:'.length));
    if (path === '' || path.includes('\0')) throw new URIError(path);
    return { kind: 'local', path: resolve(cwd, path) };
  } catch {
    throw refuse(quoteUrl(text), 'its path is not properly encoded');
  }
}

function parseSchemeUrl(
  text: string,
  scheme: string | undefined,
): RepositoryUrl {
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'ssh') {
    throw refuse(quoteUrl(text), `${scheme}: is not allowed`);
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refuse(quoteUrl(text), 'it is not a URL');
  }
  const shown = quoteUrl(text);
  if (url.search !== '' || url.hash !== '') {
    throw refuse(shown, 'it has a query or a fragment');
  }
  if (!hostName.test(url.hostname)) throw refuse(shown, 'its host is not one');
  if (url.pathname === '/' || url.pathname === '') {
    throw refuse(shown, 'it names no repository');
  }
  const host = url.host.toLowerCase();
  if (scheme === 'ssh') {
    if (url.password !== '')
      throw refuse(shown, 'ssh takes no password in the URL');
    checkUser(decoded(url.username, shown), shown);
    return { kind: 'ssh', url: url.href, host };
  }
  const userInfo = userInfoOf(url, shown);
  url.username = '';
  url.password = '';
  return { kind: 'http', url: url.href, host, ...(userInfo && { userInfo }) };
}

function userInfoOf(url: URL, shown: string): string | undefined {
  if (url.username === '' && url.password === '') return undefined;
  return `${decoded(url.username, shown)}:${decoded(url.password, shown)}`;
}

function decoded(text: string, shown: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(shown, 'its user or password is not properly encoded');
  }
}

function parseScpLike(text: string): RepositoryUrl {
  const match = scpLike.exec(text);
  const [, user, host, path] = match ?? [];
  if (!match || !hostName.test(host)) {
    throw refuse(quoteUrl(text), 'its host is not one');
  }
  // A URL that lost a slash, or its scheme: what stands before the `@` is then a password, and no path.
  if (/^(?:https?|ssh|ftps?)$/i.test(host) || /[^/]@/.test(path)) {
    throw refuse(quoteUrl(text), 'it is not a URL');
  }
  if (path.startsWith('-')) {
    throw refuse(
      quoteUrl(text),
      'its path begins with a hyphen, as an option does',
    );
  }
  checkUser(user ?? '', quoteUrl(text));
  return { kind: 'ssh', url: text, host: host.toLowerCase() };
}

function checkUser(user: string, shown: string): void {
  if (user !== '' && !/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(user)) {
    throw refuse(shown, 'its user is not one');
  }
}

function refuse(shown: string, problem: string): Error {
  return gitErrors.urlInvalid(shown, problem);
}

/** The text in quotes, printable, without what may be a secret. */
function quoteUrl(text: string): string {
  return JSON.stringify(withoutCredentials(text).slice(0, 200));
}
