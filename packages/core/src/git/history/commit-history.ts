import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gitErrors } from '../git-errors';
import type { FetchOutcome, GitRemote } from '../remote/git-remote';
import { runGit } from '../run/run-git';
import type { TemporaryRepository } from '../remote/temporary-repository';

/** A part of history: what `head` reaches, less what `since` reaches. */
export interface HistoryRange {
  readonly head: string;
  readonly since?: { readonly ref: string; readonly commit: string };
  /** Commits fetched where there is no `since`. */
  readonly cap: number;
  /** Only the commits that changed something below this path; default: all. */
  readonly path?: string;
}

/** Options of {@link CommitHistory}. */
export interface CommitHistoryOptions {
  readonly display: string;
  readonly remote: GitRemote;
  readonly temporary: TemporaryRepository;
  /** The temporary repository reads every object of the remote in place: nothing is ever fetched. */
  readonly isWhole: boolean;
  readonly onFetched: (outcome: FetchOutcome) => void;
}

const maxRevisionOutput = 512 * 1024 * 1024;

/** The commit graph: as much of it as was asked for, and never a tree. */
export class CommitHistory {
  readonly #display: string;
  readonly #remote: GitRemote;
  readonly #temporary: TemporaryRepository;
  readonly #isWhole: boolean;
  readonly #onFetched: (outcome: FetchOutcome) => void;
  /** Heads whose whole history is here. */
  readonly #complete = new Set<string>();

  constructor(options: CommitHistoryOptions) {
    this.#display = options.display;
    this.#remote = options.remote;
    this.#temporary = options.temporary;
    this.#isWhole = options.isWhole;
    this.#onFetched = options.onFetched;
  }

  isComplete(head: string): boolean {
    return this.#isWhole || this.#complete.has(head);
  }

  /** @returns false where `since` is proved not to be an ancestor; true proves it only for a complete history. */
  async fetchRange(range: HistoryRange, signal: AbortSignal): Promise<boolean> {
    const { head, since, cap } = range;
    if (!this.isComplete(head)) {
      const outcome = await this.#remote.fetch(
        {
          wants: [head],
          history: since
            ? { kind: 'since', ref: since.ref }
            : { kind: 'depth', depth: cap + 1 },
        },
        signal,
      );
      this.#onFetched(outcome);
      if (outcome.kind === 'nothing-since') return false;
      if (outcome.kind === 'fetched') return true;
      await this.fetchAll(head, signal);
    }
    return since === undefined || this.#isAncestor(since.commit, head, signal);
  }

  /** Whether one of the commits is here without its parents. */
  async isCutAt(oids: readonly string[]): Promise<boolean> {
    if (this.#isWhole) return false;
    const shallow = join(this.#temporary.gitDir, 'shallow');
    const text = await readFile(shallow, 'latin1').catch(() => '');
    const cut = new Set(text.split('\n'));
    return oids.some(oid => cut.has(oid));
  }

  /** The slow way: every commit that `head` reaches. */
  async fetchAll(head: string, signal: AbortSignal): Promise<void> {
    if (this.isComplete(head)) return;
    const shallow = join(this.#temporary.gitDir, 'shallow');
    const unshallow = await access(shallow).then(
      () => true,
      () => false,
    );
    this.#onFetched(
      await this.#remote.fetch(
        { wants: [head], history: { kind: 'all', unshallow } },
        signal,
      ),
    );
    this.#complete.add(head);
  }

  /** Ids of the commits that are here, newest first. @param most where it is cut off; default nowhere. */
  async readRange(
    range: Pick<HistoryRange, 'head' | 'since'> & { readonly most?: number },
    signal: AbortSignal,
  ): Promise<string[]> {
    const { head, since, most } = range;
    const output = await this.#run(
      [
        'rev-list',
        '--ignore-missing',
        ...(most === undefined ? [] : [`--max-count=${most}`]),
        '--end-of-options',
        head,
        ...(since === undefined ? [] : [`^${since.commit}`]),
      ],
      signal,
    );
    if (output.code !== 0) {
      throw gitErrors.failed(this.#display, 'rev-list', output.stderr.trim());
    }
    return output.stdout.toString('latin1').split('\n').filter(Boolean);
  }

  async #isAncestor(
    commit: string,
    head: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const args = ['merge-base', '--is-ancestor', commit, head];
    return (await this.#run(args, signal)).code === 0;
  }

  #run(args: readonly string[], signal: AbortSignal) {
    return runGit({
      args,
      directory: this.#temporary.folder,
      gitDir: this.#temporary.gitDir,
      display: this.#display,
      maxOutput: maxRevisionOutput,
      signal,
    });
  }
}
