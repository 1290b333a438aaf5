import { gitErrors } from './git-errors';
import { parseGitFailure, saidByRemote } from './parse-git-failure';
import { runGit } from './run-git';
import type { GitOutput } from './run-git';
import type { RemoteRefs } from '../repository/repository-data';

/** How one remote repository is reached. */
export interface GitRemoteOptions {
  /** What git is given: a URL without credentials, or an absolute path. */
  readonly address: string;
  readonly display: string;
  readonly protocol: 'https' | 'http' | 'ssh' | 'file';
  /** Configuration that carries the credentials. */
  readonly config: ReadonlyMap<string, string>;
  /** What must not appear in any message. */
  readonly secrets: readonly string[];
  /** An empty folder that is in no repository. */
  readonly folder: string;
  readonly gitDir: string;
  /** Milliseconds for one git process. */
  readonly deadline: number;
}

/** What is fetched, and how much of the history with it. */
export interface FetchRequest {
  /** Object ids. */
  readonly wants: readonly string[];
  readonly history:
    | { readonly kind: 'since'; readonly ref: string }
    | { readonly kind: 'depth'; readonly depth: number }
    | { readonly kind: 'all'; readonly unshallow: boolean };
}

/** One ref of a push: what it holds now, and what it is to hold. */
export interface RefUpdate {
  /** Full name: `refs/heads/main`. */
  readonly ref: string;
  /** Object id that it must hold now; absent: it must not exist. */
  readonly from?: string;
  /** Object id. */
  readonly to: string;
}

/** How a fetch ended that did not fail. */
export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly filtered: boolean }
  /** The ref that history should stop at contains all that is wanted, or is no commit. */
  | { readonly kind: 'nothing-since' }
  /** The server cannot stop at a ref or a depth. */
  | { readonly kind: 'not-shallow' };

// A bare repository serves no filter by default; on this machine we start its server ourselves and may say so.
const localUploadPack =
  '--upload-pack=git -c uploadpack.allowFilter=true -c uploadpack.allowAnySHA1InWant=true upload-pack';

const maxRefsOutput = 256 * 1024 * 1024;

/** The remote end: the three git commands that reach it. */
export class GitRemote {
  readonly #options: GitRemoteOptions;

  constructor(options: GitRemoteOptions) {
    this.#options = options;
  }

  /** Branches, tags and the default branch, in one request. */
  async readRefs(signal: AbortSignal): Promise<RemoteRefs> {
    const output = await this.#run(
      [
        'ls-remote',
        '--symref',
        '--end-of-options',
        this.#options.address,
        'HEAD',
        'refs/heads/*',
        'refs/tags/*',
      ],
      { signal, maxOutput: maxRefsOutput },
    );
    if (output.code !== 0) throw this.#failure('ls-remote', output);
    return parseRefs(output.stdout.toString('utf8'));
  }

  async fetch(
    request: FetchRequest,
    signal: AbortSignal,
  ): Promise<FetchOutcome> {
    const { address, protocol, gitDir } = this.#options;
    const output = await this.#run(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--no-auto-maintenance',
        '--no-recurse-submodules',
        '--filter=tree:0',
        ...(protocol === 'file' ? [localUploadPack] : []),
        ...historyArguments(request.history),
        '--end-of-options',
        'origin',
        ...request.wants,
      ],
      {
        signal,
        gitDir,
        // Known to this process alone: later ones then fetch nothing behind our back.
        config: new Map([
          ['remote.origin.url', address],
          ['remote.origin.promisor', 'true'],
          ['remote.origin.partialclonefilter', 'tree:0'],
        ]),
      },
    );
    if (output.code === 0) {
      const filtered = !/filtering not recognized/.test(output.stderr);
      return { kind: 'fetched', filtered };
    }
    if (
      /no commits selected for shallow|deepen-not|is not a commit/.test(
        output.stderr,
      )
    ) {
      return { kind: 'nothing-since' };
    }
    if (/does not support (?:shallow|--shallow|--depth)/.test(output.stderr)) {
      return { kind: 'not-shallow' };
    }
    throw this.#failure('fetch', output);
  }

  /**
   * Pushes all of the updates, or none of them. Each is a lease: its ref must hold what the update says that it holds.
   *
   * @param updates at least one.
   * @throws DojoError GIT_LEASE_LOST, GIT_PUSH_REJECTED, GIT_NO_ATOMIC_PUSH: nothing was pushed; others: unknown.
   */
  async push(
    updates: readonly RefUpdate[],
    signal: AbortSignal,
  ): Promise<void> {
    const output = await this.#run(
      [
        'push',
        '--atomic',
        '--porcelain',
        '--no-verify',
        '--no-signed',
        ...updates.map(
          ({ ref, from = '' }) => `--force-with-lease=${ref}:${from}`,
        ),
        '--end-of-options',
        this.#options.address,
        ...updates.map(({ ref, to }) => `${to}:${ref}`),
      ],
      { signal, gitDir: this.#options.gitDir },
    );
    if (output.code !== 0) throw this.#pushFailure(output, updates);
  }

  #pushFailure(output: GitOutput, updates: readonly RefUpdate[]): Error {
    const { display, secrets } = this.#options;
    const said = `${output.stdout.toString('utf8')}\n${output.stderr}`;
    if (/does not support --atomic/.test(said)) {
      return gitErrors.noAtomicPush(display);
    }
    if (/Unable to create .*\.lock/.test(said)) {
      return gitErrors.unavailable(display, 'a ref is locked by another push');
    }
    if (
      /stale info|fetch first|non-fast-forward|already exists|cannot lock ref|failed to update ref|incorrect old value/.test(
        said,
      )
    ) {
      return gitErrors.leaseLost(display, updates.map(nameOfRef));
    }
    if (/\[remote rejected\]/.test(said)) {
      return gitErrors.pushRejected(display, saidByRemote(output, secrets));
    }
    return this.#failure('push', output);
  }

  #failure(verb: string, output: GitOutput): Error {
    const { display, secrets } = this.#options;
    return parseGitFailure(output, { verb, repository: display, secrets });
  }

  #run(
    args: readonly string[],
    options: {
      readonly signal: AbortSignal;
      readonly gitDir?: string;
      readonly config?: ReadonlyMap<string, string>;
      readonly maxOutput?: number;
    },
  ): Promise<GitOutput> {
    const { folder, display, protocol, config, deadline } = this.#options;
    return runGit({
      ...options,
      args,
      directory: folder,
      display,
      deadline,
      protocols: [protocol],
      config: new Map([...config, ...(options.config ?? [])]),
    });
  }
}

function nameOfRef({ ref }: RefUpdate): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

function historyArguments(history: FetchRequest['history']): string[] {
  switch (history.kind) {
    case 'since':
      return [`--shallow-exclude=${history.ref}`];
    case 'depth':
      return [`--depth=${history.depth}`];
    default:
      return history.unshallow ? ['--unshallow'] : [];
  }
}

/** Parses `ls-remote --symref`; line by line in place, since thousands of tags are usual. */
export function parseRefs(text: string): RemoteRefs {
  const branches = new Map<string, string>();
  const tags: { name: string; oid: string; commit: string }[] = [];
  let headBranch: string | undefined;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const tab = text.indexOf('\t', at);
    if (tab === -1 || tab > end) break;
    const value = text.slice(at, tab);
    if (text.startsWith('refs/tags/', tab + 1)) {
      if (text.startsWith('^{}', end - 3)) {
        // The line after the tag's own: what it leads to in the end.
        const tag = tags.at(-1);
        if (tag !== undefined) tag.commit = value;
      } else {
        const name = text.slice(tab + 1 + 'refs/tags/'.length, end);
        tags.push({ name, oid: value, commit: value });
      }
    } else if (text.startsWith('refs/heads/', tab + 1)) {
      branches.set(text.slice(tab + 1 + 'refs/heads/'.length, end), value);
    } else if (value.startsWith('ref: refs/heads/')) {
      headBranch = value.slice('ref: refs/heads/'.length);
    }
    at = end + 1;
  }
  return { ...(headBranch !== undefined && { headBranch }), branches, tags };
}
