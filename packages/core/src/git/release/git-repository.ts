import { shortOid } from 'backstage-plugin-dojo-common';
import type { GitRepository, ReleaseCommit } from '../../release/ports';
import { CommitHistory } from '../history/commit-history';
import type { HistoryRange } from '../history/commit-history';
import { FetchedObjects } from '../objects/fetched-objects';
import { commitsOfFolder } from '../history/folder-history';
import { gitErrors } from '../git-errors';
import { formatOf, maxMessage } from '../objects/git-objects';
import type { ParsedObject } from '../objects/git-objects';
import { nameIn, timeIn } from '../mirror/identity-line';
import type { FetchOutcome, GitRemote } from '../remote/git-remote';
import type { OpenedRemote } from '../remote/open-remote';
import type { TemporaryRepository } from '../remote/temporary-repository';
import type { FolderRepository } from '../../repository/tagged-folder';
import { inGraphOrder } from '../../repository/in-graph-order';
import { writeRelease } from './write-release';
import { readTreeFiles } from '../objects/tree-files';
import { readTreeFolder } from '../objects/tree-folder';
import { writeTree } from '../objects/write-tree';
import type {
  CommitRange,
  FolderFile,
  FolderToRead,
  ObservedCommit,
  ObservedFile,
  RemoteRefs,
  TagObject,
} from '../../repository/repository-data';

/** {@link GitRepository} over the git command and one temporary bare repository. */
export class GitCliRepository implements GitRepository, FolderRepository {
  readonly display: string;
  readonly warnings: string[] = [];
  readonly #remote: GitRemote;
  readonly #temporary: TemporaryRepository;
  /** Awaited with the first answer, so that the check costs no time of its own. */
  readonly #verifyVersion: () => Promise<void>;
  readonly #history: CommitHistory;
  readonly #borrowed: string | undefined;
  readonly #isShallow: boolean;
  #objects: FetchedObjects | undefined;
  #refs: RemoteRefs | undefined;

  constructor(opened: OpenedRemote) {
    const { display, remote, temporary, borrowed } = opened;
    this.display = display;
    this.#remote = remote;
    this.#temporary = temporary;
    this.#verifyVersion = () => opened.verifyVersion();
    this.#borrowed = borrowed;
    this.#isShallow = opened.isShallow;
    this.#history = new CommitHistory({
      display,
      remote,
      temporary,
      isWhole: borrowed !== undefined,
      onFetched: outcome => this.#noteFilter(outcome),
    });
  }

  async readRefs(signal: AbortSignal): Promise<RemoteRefs> {
    const [refs] = await Promise.all([
      this.#remote.readRefs(signal),
      this.#verifyVersion(),
    ]);
    const anyOid = refs.branches.values().next().value ?? refs.tags.at(0)?.oid;
    if (this.#objects === undefined && anyOid !== undefined) {
      const format = formatOf(anyOid);
      await this.#temporary.create(format, this.#borrowed);
      const { display } = this;
      this.#objects = new FetchedObjects(
        display,
        this.#remote,
        this.#temporary,
        format,
      );
    }
    this.#refs = refs;
    return refs;
  }

  async readCommits(
    range: HistoryRange,
    signal: AbortSignal,
  ): Promise<CommitRange | undefined> {
    const { head, since, cap } = range;
    if (this.#isShallow) throw gitErrors.shallow(this.display);
    if (since?.commit === head) return { commits: [] };
    if (!(await this.#history.fetchRange(range, signal))) return undefined;
    const most = since === undefined ? cap + 1 : undefined;
    const oids = await this.#history.readRange({ head, since, most }, signal);
    if (
      since === undefined &&
      oids.length <= cap &&
      (await this.#history.isCutAt(oids))
    ) {
      // Not by us, who asked for more than that: the remote itself does not have the rest.
      throw gitErrors.shallow(this.display);
    }
    const isProved = since === undefined || this.#history.isComplete(head);
    // A proof looks at every commit of the range; otherwise none beyond the cap is read.
    const parsed = await this.#opened.readCommits(
      isProved ? oids.slice(0, cap) : oids,
      signal,
    );
    // The server left out what `since` reaches, exactly: a path from `head` to it ends in a child of it.
    const isAncestor =
      isProved || parsed.some(({ parents }) => parents.includes(since.commit));
    if (!isAncestor) return undefined;
    const counted = parsed.slice(0, cap);
    const touching =
      range.path === undefined
        ? undefined
        : await this.#commitsOf(range.path, oids, counted, signal);
    const all = inGraphOrder(
      counted.map((commit, index) => this.#toCommit(oids[index], commit)),
    );
    const commits = all.filter(({ oid }) => touching?.has(oid) ?? true);
    return oids.length > cap ? { commits, cappedAt: cap } : { commits };
  }

  async readAncestors(
    head: string,
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    await this.#history.fetchAll(head, signal);
    const all = new Set(await this.#history.readRange({ head }, signal));
    return new Set(commits.filter(commit => all.has(commit)));
  }

  async readFiles(
    commits: readonly string[],
    paths: readonly string[],
    signal: AbortSignal,
    maxBytesOf?: (path: string) => number,
  ): Promise<ObservedFile[][]> {
    const parsed = await this.#readCommitObjects(commits, signal);
    const trees = parsed.map(commit => commit.headers.get('tree')!);
    return readTreeFiles(this.#opened, trees, paths, signal, maxBytesOf);
  }

  async readFolder(
    commit: string,
    folder: FolderToRead,
    signal: AbortSignal,
  ): Promise<FolderFile[]> {
    const [{ headers }] = await this.#readCommitObjects([commit], signal);
    const from = { tree: headers.get('tree')!, display: this.display };
    return readTreeFolder(this.#opened, from, folder, signal);
  }

  async readTag(
    ref: string,
    signal: AbortSignal,
  ): Promise<TagObject | undefined> {
    const name = ref.replace(/^refs\/tags\//, '');
    const tag = this.#refs?.tags.find(candidate => candidate.name === name);
    if (tag === undefined || tag.oid === tag.commit) return undefined;
    const [{ message }] = await this.#opened.fetchParsed(
      [tag.oid],
      'tag',
      `tag ${name}`,
      signal,
    );
    return { oid: tag.oid, commit: tag.commit, message };
  }

  async readCommit(
    oid: string,
    signal: AbortSignal,
  ): Promise<ObservedCommit & { readonly tree: string }> {
    const [commit] = await this.#readCommitObjects([oid], signal);
    return {
      ...this.#toCommit(oid, commit),
      tree: commit.headers.get('tree')!,
    };
  }

  async writeTree(commit: ReleaseCommit, signal: AbortSignal): Promise<string> {
    const [base] = await this.#readCommitObjects([commit.base], signal);
    const { display } = this;
    const source = this.#opened;
    return writeTree(
      { display, source, write: (type, body) => source.write(type, body) },
      base.headers.get('tree'),
      commit.files,
      signal,
    );
  }

  async pushRelease(
    release: ReleaseCommit,
    signal: AbortSignal,
  ): Promise<{ readonly commit: string; readonly tag: string }> {
    const tree = await this.writeTree(release, signal);
    const [base] = await this.#readCommitObjects([release.base], signal);
    const { commit, tag } = await writeRelease(
      release,
      { tree, base },
      (type, body) => this.#opened.write(type, body),
    );
    await this.#remote.push(
      [
        {
          ref: `refs/heads/${release.branch}`,
          from: release.base,
          to: commit,
        },
        { ref: `refs/tags/${release.tag}`, to: tag },
      ],
      signal,
    );
    return { commit, tag };
  }

  async dispose(): Promise<void> {
    this.#objects?.dispose();
    await this.#temporary.dispose();
  }

  /** @throws DojoError GIT_REPOSITORY_NOT_FOUND where the remote holds nothing. */
  get #opened(): FetchedObjects {
    if (this.#objects === undefined) throw gitErrors.notFound(this.display);
    return this.#objects;
  }

  #noteFilter(outcome: FetchOutcome): void {
    const text =
      'the server sends whole trees, since it cannot filter; reading takes longer';
    const isWhole = outcome.kind === 'fetched' && !outcome.filtered;
    if (isWhole && !this.warnings.includes(text)) this.warnings.push(text);
  }

  #readCommitObjects(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    return this.#opened.fetchParsed(oids, 'commit', 'a commit', signal);
  }

  #commitsOf(
    path: string,
    oids: readonly string[],
    commits: readonly ParsedObject[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    return commitsOfFolder(
      commits.map(({ headers, parents: [parent] }, index) => ({
        oid: oids[index],
        tree: headers.get('tree')!,
        parent,
      })),
      path,
      {
        display: this.display,
        source: this.#opened,
        readTrees: async missing => {
          const parsed = await this.#readCommitObjects(missing, signal);
          return parsed.map(({ headers }) => headers.get('tree')!);
        },
      },
      signal,
    );
  }

  #toCommit(
    oid: string,
    { headers, parents, message }: ParsedObject,
  ): ObservedCommit {
    const author = nameIn(headers.get('author'));
    const at = timeIn(headers.get('committer'));
    const who = {
      ...(author !== undefined && { author }),
      ...(at !== undefined && { at }),
    };
    if (message.length <= maxMessage) return { oid, parents, message, ...who };
    const warning = `the message of commit ${shortOid(
      oid,
    )} has more than ${maxMessage} characters; those were read`;
    if (!this.warnings.includes(warning)) this.warnings.push(warning);
    return { oid, parents, message: message.slice(0, maxMessage), ...who };
  }
}
