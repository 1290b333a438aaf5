import { mayCarryCredentials } from '../../http/may-carry-credentials';
import { withoutCredentials } from '../../text/without-credentials';
import { gitErrors } from '../git-errors';
import { runGit } from '../run/run-git';
import { GitRemote } from './git-remote';
import {
  borrowableObjects,
  isShallowRepository,
  verifyLocalRepository,
} from './local-repository';
import type { LocalRoot } from './local-repository';
import { parseRepositoryUrl } from './repository-url';
import type { RepositoryUrl } from './repository-url';
import { createTemporaryRepository } from './temporary-repository';
import type { TemporaryRepository } from './temporary-repository';

/** Options of {@link createRemoteOpener}. */
export interface RemoteOpenerOptions {
  /** Hosts that may be reached, `host` or `host:port`; `any` is for a command that its own user runs. */
  readonly allowedHosts: 'any' | readonly string[];
  readonly localRoot: LocalRoot;
  /** The whole value of the Authorization header for a URL without credentials; default none. */
  readonly authorization?: (url: string) => Promise<string | undefined>;
  /** What to do where a host wants a token and there is none; default: to add it to the portal's configuration. */
  readonly tokenHint?: string;
  /** Folder for the temporary repositories; those of dead runs in it are removed. */
  readonly temporaryRoot: string;
  /** Milliseconds until one git process is stopped; default 10 minutes. */
  readonly deadline?: number;
}

/** A repository that was found to be one we may read, of which nothing was read yet. */
export interface OpenedRemote {
  /** The address as a reader may see it: no credentials. */
  readonly display: string;
  readonly remote: GitRemote;
  readonly temporary: TemporaryRepository;
  /** It is on this machine. */
  readonly isLocal: boolean;
  /** It is known to be a clone without all of its history. */
  readonly isShallow: boolean;
  /** Objects folder of a local repository, read in place; absent: objects are fetched. */
  readonly borrowed?: string;
  /** @throws DojoError GIT_TOO_OLD, GIT_MISSING. Asked once a process; to be awaited with the first answer. */
  verifyVersion(): Promise<void>;
}

/** Finds a place for what is fetched from an address; default: a temporary repository. */
export type OpenFolder = (address: string) => Promise<TemporaryRepository>;

/** The oldest git that has all that the adapter asks of it. */
export const leastGitVersion = '2.39';

const versionDeadline = 20_000;
const defaultDeadline = 10 * 60_000;

/**
 * Makes the function that opens repositories by address. Nothing is read but a local path's kind.
 *
 * @throws DojoError GIT_URL_INVALID, GIT_HOST_NOT_ALLOWED, GIT_PATH_OUTSIDE_FORGE, GIT_CHECKOUT and the like; never
 * with the URL's credentials in it.
 */
export function createRemoteOpener(
  options: RemoteOpenerOptions,
  openFolder: OpenFolder = () =>
    createTemporaryRepository(options.temporaryRoot),
): (url: string) => Promise<OpenedRemote> {
  return async url => {
    const root =
      options.localRoot.kind === 'below'
        ? options.localRoot.path
        : options.localRoot.cwd;
    const parsed = parseRepositoryUrl(url, root);
    const display = displayOf(url, parsed);
    verifyHost(parsed, display, options.allowedHosts);
    const isLocal = parsed.kind === 'local';
    const address = isLocal
      ? await verifyLocalRepository(parsed.path, options.localRoot, display)
      : parsed.url;
    const authorization = await authorizationFor(parsed, options);
    const temporary = await openFolder(address);
    const remote = new GitRemote({
      address,
      display,
      protocol: protocolOf(parsed),
      config: headerConfig(parsed, authorization),
      secrets: secretsOf(authorization),
      tokenHint: options.tokenHint,
      folder: temporary.folder,
      gitDir: temporary.gitDir,
      deadline: options.deadline ?? defaultDeadline,
    });
    return {
      display,
      remote,
      temporary,
      isLocal,
      isShallow: isLocal && (await isShallowRepository(address)),
      borrowed: isLocal ? await borrowableObjects(address) : undefined,
      verifyVersion: () => verifyVersionOnce(temporary.folder),
    };
  };
}

/** A path too may be an address that was mistyped: `//ada:secret@example.com/a`. */
function displayOf(url: string, parsed: RepositoryUrl): string {
  if (parsed.kind !== 'local') return parsed.url;
  return /:[^@]*@/.test(url) ? withoutCredentials(url) : url;
}

function verifyHost(
  parsed: RepositoryUrl,
  display: string,
  allowed: RemoteOpenerOptions['allowedHosts'],
): void {
  if (parsed.kind === 'local' || allowed === 'any') return;
  const { host } = parsed;
  const isAllowed = allowed.some(name => name.toLowerCase() === host);
  if (!isAllowed) throw gitErrors.hostNotAllowed(display, host, allowed);
}

function protocolOf(parsed: RepositoryUrl): 'https' | 'http' | 'ssh' | 'file' {
  if (parsed.kind === 'ssh') return 'ssh';
  if (parsed.kind === 'local') return 'file';
  return parsed.url.startsWith('https:') ? 'https' : 'http';
}

async function authorizationFor(
  parsed: RepositoryUrl,
  options: RemoteOpenerOptions,
): Promise<string | undefined> {
  if (parsed.kind !== 'http') return undefined;
  if (!mayCarryCredentials(new URL(parsed.url))) return undefined;
  if (parsed.userInfo !== undefined) {
    return `Basic ${Buffer.from(parsed.userInfo).toString('base64')}`;
  }
  return options.authorization?.(parsed.url);
}

function headerConfig(
  parsed: RepositoryUrl,
  authorization: string | undefined,
): ReadonlyMap<string, string> {
  if (parsed.kind !== 'http' || authorization === undefined) return new Map();
  const { origin } = new URL(parsed.url);
  return new Map([
    [`http.${origin}/.extraHeader`, `Authorization: ${authorization}`],
  ]);
}

/** Every form in which the credentials may come back in a message. */
function secretsOf(authorization: string | undefined): string[] {
  if (authorization === undefined) return [];
  const credentials = authorization.replace(/^\S+ +/, '');
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  const password = decoded.includes(':')
    ? [decoded, decoded.slice(decoded.indexOf(':') + 1)]
    : [];
  return [authorization, credentials, ...password];
}

/** By the places where programs are looked for: no program is asked twice. */
const verified = new Map<string, Promise<void>>();

function verifyVersionOnce(folder: string): Promise<void> {
  const { PATH = '' } = process.env;
  let version = verified.get(PATH);
  if (version === undefined) {
    version = verifyGitVersion(folder).catch(error => {
      verified.delete(PATH);
      throw error;
    });
    verified.set(PATH, version);
  }
  return version;
}

async function verifyGitVersion(folder: string): Promise<void> {
  const { stdout } = await runGit({
    args: ['--version'],
    directory: folder,
    display: 'git',
    deadline: versionDeadline,
    // Shared by all that open at this moment, so that no one of them may stop it.
    signal: new AbortController().signal,
  });
  const found = /(\d+)\.(\d+)\S*/.exec(stdout.toString('utf8'));
  const [major, minor] = leastGitVersion.split('.').map(Number);
  const isNewEnough =
    found !== null &&
    (Number(found[1]) > major ||
      (Number(found[1]) === major && Number(found[2]) >= minor));
  if (!isNewEnough) {
    throw gitErrors.tooOld(found?.[0] ?? 'of unknown version', leastGitVersion);
  }
}
