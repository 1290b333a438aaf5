import { isDojoError } from 'backstage-plugin-dojo-common';
import type {
  FileSource,
  InfraChange,
  InfraCommit,
  InfraRepository,
  NoteRepository,
} from '../../deploy/ports';
import { gitErrors } from '../git-errors';
import { CommitHistory } from '../history/commit-history';
import { GitNotes } from '../notes/git-notes';
import { encodeCommit } from '../objects/encode-commit';
import { formatOf } from '../objects/git-objects';
import type { ObjectFormat } from '../objects/git-objects';
import { writeTree } from '../objects/write-tree';
import type { OpenedRemote } from '../remote/open-remote';
import { branchRef } from '../remote/ref-name';
import { readChangedPaths } from './changed-paths';
import { createCommitFiles, findTree } from './commit-files';
import { readFolderLog } from './folder-log';
import { readLimits, readTexts } from './read-texts';
import { RemoteObjects, verifyCommits } from './remote-objects';
import type { CommitObjects } from './remote-objects';

/** Ends of a push after which it is known that nothing was pushed, and that the branch does not hold the commit. */
const notPushed: readonly string[] = [
  'GIT_PUSH_REJECTED',
  'GIT_DENIED',
  'GIT_MISSING',
];

/** {@link InfraRepository} over the git command and one temporary bare repository. */
export class GitInfraRepository implements InfraRepository, NoteRepository {
  readonly display: string;
  readonly warnings: string[] = [];
  readonly readNote: NoteRepository['readNote'];
  readonly readNotes: NoteRepository['readNotes'];
  readonly appendNote: NoteRepository['appendNote'];
  readonly lookAhead: NonNullable<NoteRepository['lookAhead']>;
  readonly #opened: OpenedRemote;
  readonly #objects: RemoteObjects;
  readonly #history: CommitHistory;
  readonly #knownIds = new Map<string, Promise<string[]>>();
  /** Of an empty repository, whose objects have no ids yet to tell. */
  #unborn: ObjectFormat | undefined;

  constructor(opened: OpenedRemote) {
    const { display, remote, temporary, borrowed } = opened;
    this.display = display;
    this.#opened = opened;
    this.#objects = new RemoteObjects(opened);
    this.#history = new CommitHistory({
      display,
      remote,
      temporary,
      isWhole: borrowed !== undefined,
      onFetched: outcome => {
        if (outcome.kind !== 'fetched' || outcome.filtered) return;
        this.#warn(
          'the server sends whole trees, since it cannot filter; reading takes longer',
        );
      },
    });
    const notes = new GitNotes(opened, this.#objects);
    this.readNote = (...asked) => notes.readNote(...asked);
    this.readNotes = (...asked) => notes.readNotes(...asked);
    this.appendNote = (...asked) => notes.appendNote(...asked);
    this.lookAhead = (...asked) => notes.lookAhead(...asked);
  }

  async readHead(
    branch: string | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly branch: string; readonly commit?: string }> {
    if (branch !== undefined) this.#refOf(branch);
    // Meanwhile; whoever reads an object hears what is wrong with it.
    this.#opened.verifyVersion().catch(() => undefined);
    const { branches, headBranch } = await this.#opened.remote.readRefs(
      signal,
      ['HEAD', 'refs/heads/*'],
    );
    if (branches.size === 0) {
      const unborn = await this.#opened.remote.readUnborn(signal);
      this.#unborn = unborn.format;
      return { branch: branch ?? unborn.branch };
    }
    const name = branch ?? headBranch;
    const commit = name === undefined ? undefined : branches.get(name);
    if (name === undefined || commit === undefined) {
      throw gitErrors.branchNotFound(this.display, name, [...branches.keys()]);
    }
    await this.#objects.start(formatOf(commit));
    return { branch: name, commit };
  }

  async readBranch(
    branch: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return this.#opened.remote.readRef(this.#refOf(branch), signal);
  }

  files(commit: string): FileSource {
    const { display } = this;
    const objects = this.#sourceOf(commit);
    return createCommitFiles(commit, { display, objects });
  }

  async readTree(
    commit: string,
    folder: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { display } = this;
    const objects = this.#sourceOf(commit);
    return findTree(commit, folder, { display, objects }, signal);
  }

  async readHistory(
    head: string,
    folder: string,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly InfraCommit[]> {
    verifyCommits(this.display, [head]);
    if (this.#opened.isShallow) throw gitErrors.shallow(this.display);
    return readFolderLog(
      head,
      folder,
      cap,
      {
        display: this.display,
        objects: this.#objects,
        history: this.#history,
        known: this.#knownIds,
        onWarning: text => this.#warn(text),
      },
      signal,
    );
  }

  async readAt(
    commits: readonly string[],
    path: string,
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    if (commits.length === 0) return [];
    verifyCommits(this.display, commits);
    const { display } = this;
    const source = this.#sourceOf(commits[0]);
    const roots = await source.readRoots(commits, signal);
    return readTexts(
      roots.map(tree => ({ tree, path })),
      { display, source, limits: readLimits, read: new Map() },
      signal,
    );
  }

  async pushCommit(change: InfraChange, signal: AbortSignal): Promise<string> {
    const { branch, base, replaces = base, createsBranch, merges } = change;
    const ref = this.#refOf(branch);
    verifyCommits(
      this.display,
      [base, replaces, merges].filter(commit => commit !== undefined),
    );
    const commit = await this.#writeCommit(change, signal);
    const from = createsBranch ? undefined : replaces;
    const update = { ref, from, to: commit };
    try {
      await this.#opened.remote.push([update], signal, from !== base);
    } catch (error) {
      signal.throwIfAborted();
      const code = isDojoError(error) ? error.code : undefined;
      if (!(await this.#isHeld(update, code, signal))) throw error;
    }
    return commit;
  }

  async readChanges(
    from: string,
    to: string,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const source = this.#sourceOf(from);
    verifyCommits(this.display, [from, to]);
    const [before, after] = await source.readRoots([from, to], signal);
    const trees = { before, after };
    return readChangedPaths(source, trees, cap, this.display, signal);
  }

  async removeBranch(
    branch: string,
    holds: string,
    signal: AbortSignal,
  ): Promise<void> {
    const ref = this.#refOf(branch);
    verifyCommits(this.display, [holds]);
    if ((await this.readBranch(branch, signal)) === undefined) return;
    // git pushes from a repository alone.
    await this.#objects.of(formatOf(holds));
    try {
      await this.#opened.remote.push([{ ref, from: holds, to: '' }], signal);
    } catch (error) {
      signal.throwIfAborted();
      // The reply may be lost, or somebody else removed it.
      const left = await this.readBranch(branch, signal).catch(() => holds);
      if (left !== undefined) throw error;
    }
  }

  /** The reply may be lost, or another run made this very commit: what the branch holds decides. */
  async #isHeld(
    { ref, to }: { readonly ref: string; readonly to: string },
    code: string | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (code !== undefined && notPushed.includes(code)) return false;
    const held = await this.#opened.remote
      .readRef(ref, signal)
      .catch(() => undefined);
    return held === to;
  }

  async dispose(): Promise<void> {
    this.#objects.dispose();
    await this.#opened.temporary.dispose();
  }

  async #writeCommit(
    change: InfraChange,
    signal: AbortSignal,
  ): Promise<string> {
    const { base, merges, files, author, date, message } = change;
    const format = base === undefined ? this.#unborn ?? 'sha1' : formatOf(base);
    const objects = await this.#objects.of(format);
    // A parent that is not here could not be pushed over.
    const parents = [base, merges].filter(parent => parent !== undefined);
    const roots = await this.#objects.source(format).readRoots(parents, signal);
    const tree = base === undefined ? undefined : roots[0];
    const target = {
      display: this.display,
      source: objects,
      write: (type: 'blob' | 'tree', body: Buffer) => objects.write(type, body),
    };
    const seconds = Math.floor(date.getTime() / 1_000);
    return objects.write(
      'commit',
      encodeCommit({
        tree: await writeTree(target, tree, files, signal),
        parents,
        who: author,
        authored: seconds,
        committed: seconds,
        message: toMessage(message),
      }),
    );
  }

  #sourceOf(commit: string): CommitObjects {
    return this.#objects.source(formatOf(commit));
  }

  #refOf(branch: string): string {
    const ref = branchRef(branch);
    if (ref === undefined) throw gitErrors.refInvalid(this.display, branch);
    return ref;
  }

  #warn(text: string): void {
    if (!this.warnings.includes(text)) this.warnings.push(text);
  }
}

/** Git takes no NUL in a message, and ends each with a line end. */
function toMessage(message: string): string {
  return `${message.replaceAll('\0', '').trimEnd()}\n`;
}
