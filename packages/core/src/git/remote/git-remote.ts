import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseGitFailure } from '../run/parse-git-failure';
import { runGit } from '../run/run-git';
import type { GitOutput } from '../run/run-git';
import type { RemoteRefs } from '../../repository/repository-data';
import { readLocalRefs } from './local-refs';
import { parsePushFailure } from './parse-push-failure';
import { parseRefs } from './parse-refs';
import { readUnbornAt } from './read-unborn';
import type { UnbornRepository } from './read-unborn';

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
  readonly tokenHint?: string;
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
  /**
   * Asked when it is its turn: those of them that are still wanted. A fetch before it may have brought them with more of
   * their history, which a smaller depth would cut off again.
   */
  readonly stillWanted?: () => Promise<readonly string[]>;
  readonly history:
    | { readonly kind: 'since'; readonly ref: string }
    | { readonly kind: 'depth'; readonly depth: number }
    | { readonly kind: 'all'; readonly unshallow: boolean };
}

/** Pushes of the same, while others hold the lock of a ref. */
const maxLocked = 5;

/** One ref of a push: what it holds now, and what it is to hold. */
export interface RefUpdate {
  /** Full name: `refs/heads/main`. */
  readonly ref: string;
  /** Object id that it must hold now; absent: it must not exist. */
  readonly from?: string;
  /** Object id; empty: the ref is removed. */
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

const everyRef = ['HEAD', 'refs/heads/*', 'refs/tags/*'];

/** What tells git that objects may be missing here. */
export const partialClone: readonly (readonly [string, string])[] = [
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', 'tree:0'],
];

const maxRefsOutput = 256 * 1024 * 1024;

/** The remote end: the three git commands that reach it, and the files of one on this machine. */
export class GitRemote {
  readonly #options: GitRemoteOptions;
  /** The last one of those that change the temporary repository, or read what another changes: one runs at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  /** A request that is about to be made. */
  #listing:
    | {
        readonly patterns: Set<string>;
        readonly signal: AbortSignal;
        readonly text: Promise<string>;
      }
    | undefined;

  constructor(options: GitRemoteOptions) {
    this.#options = options;
  }

  /**
   * Branches, tags and the default branch, in one request.
   *
   * @param patterns which refs are asked for, as `git ls-remote` takes them; `HEAD` for the default branch. Default: all.
   */
  async readRefs(
    signal: AbortSignal,
    patterns: readonly string[] = everyRef,
  ): Promise<RemoteRefs> {
    return parseRefs(await this.#listRefs(patterns, signal));
  }

  /** Object id that a ref of this full name holds; undefined: there is no such ref. */
  async readRef(ref: string, signal: AbortSignal): Promise<string | undefined> {
    const text = await this.#listRefs([ref], signal);
    // Git also lists refs that only end so: `refs/heads/refs/notes/dojo`.
    const line = text.split('\n').find(each => each.endsWith(`\t${ref}`));
    return line?.slice(0, line.indexOf('\t'));
  }

  /** Of an empty repository: the branch that its HEAD names, and how it names its objects. */
  async readUnborn(signal: AbortSignal): Promise<UnbornRepository> {
    const { address, folder, protocol } = this.#options;
    if (protocol === 'file') return readUnbornAt(address);
    const clone = join(folder, 'unborn.git');
    await rm(clone, { recursive: true, force: true });
    // Only a clone is told of a HEAD whose branch does not exist yet. Where somebody pushed since, little of it comes.
    const output = await this.#run(
      [
        'clone',
        '--quiet',
        '--bare',
        '--no-tags',
        '--single-branch',
        '--depth=1',
        '--filter=tree:0',
        '--template=',
        '--end-of-options',
        address,
        clone,
      ],
      { signal, config: new Map([['init.defaultBranch', 'main']]) },
    );
    if (output.code !== 0) throw this.#failure('clone', output);
    try {
      return await readUnbornAt(clone);
    } finally {
      await rm(clone, { recursive: true, force: true });
    }
  }

  /** What is asked at one moment is one request, and each finds its own refs among those of all. */
  async #listRefs(
    patterns: readonly string[],
    signal: AbortSignal,
  ): Promise<string> {
    const open = this.#listing;
    if (open !== undefined && open.signal === signal) {
      patterns.forEach(pattern => open.patterns.add(pattern));
      return open.text;
    }
    const asked = new Set(patterns);
    const text = setImmediate().then(() => {
      if (this.#listing?.patterns === asked) this.#listing = undefined;
      return this.#listNow([...asked], signal);
    });
    this.#listing = { patterns: asked, signal, text };
    return text;
  }

  async #listNow(
    patterns: readonly string[],
    signal: AbortSignal,
  ): Promise<string> {
    const { address, protocol } = this.#options;
    if (protocol === 'file') {
      signal.throwIfAborted();
      const text = await readLocalRefs(address, patterns);
      if (text !== undefined) return text;
    }
    const output = await this.#run(
      ['ls-remote', '--symref', '--end-of-options', address, ...patterns],
      { signal, maxOutput: maxRefsOutput },
    );
    if (output.code !== 0) throw this.#failure('ls-remote', output);
    return output.stdout.toString('utf8');
  }

  /** Fetches into the temporary repository. Several at once take turns, since git refuses to share its list of where history ends. */
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome> {
    return this.#inTurn(async () => {
      const { wants, stillWanted } = request;
      const left = stillWanted ? await stillWanted() : wants;
      if (left.length === 0) return { kind: 'fetched', filtered: true };
      return this.#fetch({ ...request, wants: left }, signal);
    });
  }

  async #fetch(
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
        config: new Map([['remote.origin.url', address], ...partialClone]),
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
   * Brings refs of the local repository to what the remote holds, and removes those that it no longer has where a pattern
   * asks for them. What history they need comes with them.
   *
   * @param refs full names, or patterns with one `*`; a ref has the same name here as there.
   * @param filter `history`: commits and tags, and no tree; `none`: all.
   * @returns false where the remote has no ref of one of the names; nothing changed then.
   */
  fetchRefs(
    refs: readonly string[],
    filter: 'history' | 'none',
    signal: AbortSignal,
  ): Promise<boolean> {
    return this.#inTurn(async () => {
      const { address, gitDir } = this.#options;
      const isPart = filter === 'history';
      const output = await this.#run(
        [
          'fetch',
          '--quiet',
          '--prune',
          '--no-tags',
          '--no-write-fetch-head',
          '--no-auto-maintenance',
          '--no-recurse-submodules',
          ...(isPart ? ['--filter=tree:0'] : []),
          '--end-of-options',
          'origin',
          ...refs.map(ref => `+${ref}:${ref}`),
        ],
        {
          signal,
          gitDir,
          config: new Map([
            ['remote.origin.url', address],
            ...(isPart ? partialClone : []),
          ]),
        },
      );
      if (output.code === 0) return true;
      if (/couldn't find remote ref/.test(output.stderr)) return false;
      throw this.#failure('fetch', output);
    });
  }

  /**
   * Pushes all of the updates, or none of them. Each is a lease: its ref must hold what the update says that it holds.
   *
   * @param updates at least one.
   * @param isBehind what is pushed builds on a commit that no ref of the remote may hold any more: the remote is asked
   * first what it has, since objects that are only there cannot be sent.
   * Where another push holds the lock of a ref it is tried again: the next one learns who won.
   *
   * @throws DojoError GIT_LEASE_LOST, GIT_PUSH_REJECTED, GIT_NO_ATOMIC_PUSH, GIT_REF_LOCKED: nothing was pushed; others:
   * unknown.
   */
  async push(
    updates: readonly RefUpdate[],
    signal: AbortSignal,
    isBehind = false,
  ): Promise<void> {
    const { display, secrets, tokenHint } = this.#options;
    const refs = updates.map(({ ref }) => ref);
    const push = () => this.#push(updates, signal, isBehind);
    for (let attempt = 1; ; attempt += 1) {
      const output = await this.#inTurn(push);
      if (output.code === 0) return;
      const failure = parsePushFailure(output, {
        refs,
        display,
        secrets,
        tokenHint,
      });
      const isLocked = failure.code === 'GIT_REF_LOCKED';
      if (!isLocked || attempt === maxLocked) throw failure;
    }
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #push(
    updates: readonly RefUpdate[],
    signal: AbortSignal,
    isBehind: boolean,
  ): Promise<GitOutput> {
    return this.#run(
      [
        'push',
        // Not every server knows it, and one update alone is done or not done anyway.
        ...(updates.length > 1 ? ['--atomic'] : []),
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
      {
        signal,
        gitDir: this.#options.gitDir,
        config: new Map(isBehind ? [['push.negotiate', 'true']] : []),
      },
    );
  }

  #failure(verb: string, output: GitOutput): Error {
    const { display, secrets, tokenHint } = this.#options;
    return parseGitFailure(output, {
      verb,
      repository: display,
      secrets,
      tokenHint,
    });
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
