import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CommitRange,
  GitRepository,
  ReleaseCommit,
  RemoteRefs,
  TagObject,
} from '../release/ports';
import type { ObservedCommit, ObservedFile } from '../release/release-state';
import { gitErrors } from './git-errors';
import { formatOf, identityLine, parseObject, secondsOf } from './git-objects';
import type { ObjectFormat, ParsedObject } from './git-objects';
import type { GitRemote } from './git-remote';
import { ObjectStore } from './object-store';
import { runGit } from './run-git';
import type { TemporaryRepository } from './temporary-repository';
import { readTreeFiles, writeTreeFiles } from './tree-files';
import type { TreeSource } from './tree-files';

/** Characters of a commit message that are read; what follows is said to be left out. */
export const mostMessage = 256 * 1024;

const mostRevisionOutput = 512 * 1024 * 1024;

/** {@link GitRepository} over the git command and one temporary bare repository. */
export class GitCliRepository implements GitRepository {
  readonly display: string;
  readonly warnings: string[] = [];
  readonly #remote: GitRemote;
  readonly #temporary: TemporaryRepository;
  /** Awaited with the first answer, so that the check costs no time of its own. */
  readonly #versionVerified: Promise<void>;
  #store: ObjectStore | undefined;
  #format: ObjectFormat = 'sha1';
  #refs: RemoteRefs | undefined;
  /** Heads whose whole history is here. */
  readonly #complete = new Set<string>();

  constructor(
    display: string,
    remote: GitRemote,
    temporary: TemporaryRepository,
    versionVerified: Promise<void>,
  ) {
    this.display = display;
    this.#remote = remote;
    this.#temporary = temporary;
    this.#versionVerified = versionVerified;
  }

  async readRefs(signal: AbortSignal): Promise<RemoteRefs> {
    const [refs] = await Promise.all([
      this.#remote.readRefs(signal),
      this.#versionVerified,
    ]);
    const anyOid = refs.branches.values().next().value ?? refs.tags.at(0)?.oid;
    if (this.#store === undefined && anyOid !== undefined) {
      this.#format = formatOf(anyOid);
      await this.#temporary.create(this.#format);
      const { folder, gitDir } = this.#temporary;
      const { display } = this;
      this.#store = new ObjectStore({
        folder,
        gitDir,
        display,
        format: this.#format,
      });
    }
    this.#refs = refs;
    return refs;
  }

  async readCommits(
    range: {
      readonly head: string;
      readonly since?: { readonly ref: string; readonly commit: string };
      readonly cap: number;
    },
    signal: AbortSignal,
  ): Promise<CommitRange | undefined> {
    const { head, since, cap } = range;
    if (since?.commit === head) return { commits: [] };
    if (!(await this.#fetchRange(range, signal))) return undefined;
    const oids = await this.#readRange(head, since?.commit, signal);
    const read = oids.slice(0, cap);
    const commits = (
      await this.#readParsed(read, 'commit', 'a commit', signal)
    ).map((commit, index) => this.#toCommit(read[index], commit));
    if (since && !this.#complete.has(head)) {
      // Exact, as the server left out what `since` reaches: a path from `head` to it ends in a child of it.
      const rest = oids.slice(cap);
      const others = await this.#readParsed(rest, 'commit', 'a commit', signal);
      const isProved = [...commits, ...others].some(commit =>
        commit.parents.includes(since.commit),
      );
      if (!isProved) return undefined;
    }
    return oids.length > cap ? { commits, cappedAt: cap } : { commits };
  }

  async readAncestors(
    head: string,
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    await this.#fetchAll(head, signal);
    const all = new Set(await this.#readRange(head, undefined, signal));
    return new Set(commits.filter(commit => all.has(commit)));
  }

  async readFiles(
    commits: readonly string[],
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<ObservedFile[][]> {
    const parsed = await this.#readCommitObjects(commits, signal);
    const trees = parsed.map(commit => commit.headers.get('tree')!);
    return readTreeFiles(this.#source, trees, paths, signal);
  }

  async readTag(
    ref: string,
    signal: AbortSignal,
  ): Promise<TagObject | undefined> {
    const name = ref.replace(/^refs\/tags\//, '');
    const tag = this.#refs?.tags.find(candidate => candidate.name === name);
    if (tag === undefined || tag.oid === tag.commit) return undefined;
    await this.#ensure([tag.oid], `tag ${name}`, 1, signal);
    const [{ message }] = await this.#readParsed(
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
    return writeTreeFiles(
      this.#source,
      base.headers.get('tree'),
      commit.files,
      (type, body) => this.#objects.write(type, body),
      signal,
    );
  }

  async pushRelease(
    release: ReleaseCommit,
    signal: AbortSignal,
  ): Promise<{ readonly commit: string; readonly tag: string }> {
    const tree = await this.writeTree(release, signal);
    const [base] = await this.#readCommitObjects([release.base], signal);
    const seconds = Math.floor(release.date.getTime() / 1_000);
    const authored = secondsOf(base.headers.get('committer')) ?? seconds;
    const commit = await this.#objects.write(
      'commit',
      Buffer.from(
        `tree ${tree}\nparent ${release.base}\n` +
          `author ${identityLine(release.author, authored)}\n` +
          `committer ${identityLine(release.author, seconds)}\n\n` +
          `${release.message}`,
      ),
    );
    const tag = await this.#objects.write(
      'tag',
      Buffer.from(
        `object ${commit}\ntype commit\ntag ${release.tag}\n` +
          `tagger ${identityLine(release.author, seconds)}\n\n` +
          `${release.tagMessage}`,
      ),
    );
    await this.#remote.push({ ...release, commit, tagOid: tag }, signal);
    return { commit, tag };
  }

  async dispose(): Promise<void> {
    this.#store?.dispose();
    await this.#temporary.dispose();
  }

  get #objects(): ObjectStore {
    if (this.#store === undefined) throw gitErrors.notFound(this.display);
    return this.#store;
  }

  get #source(): TreeSource {
    return {
      format: this.#format,
      readObjects: async (oids, what, signal) => {
        await this.#ensure(oids, what, 'none', signal);
        const objects = await this.#objects.read(oids, signal);
        return objects.map(object => object!.body);
      },
    };
  }

  /** @returns false where `since` reaches all of the range. */
  async #fetchRange(
    { head, since, cap }: Parameters<GitRepository['readCommits']>[0],
    signal: AbortSignal,
  ): Promise<boolean> {
    if (this.#complete.has(head)) {
      return (
        since === undefined || this.#isAncestor(since.commit, head, signal)
      );
    }
    const outcome = await this.#remote.fetch(
      {
        wants: [head],
        history: since
          ? { kind: 'since', ref: since.ref }
          : { kind: 'depth', depth: cap + 1 },
      },
      signal,
    );
    if (outcome.kind === 'nothing-since') return false;
    if (outcome.kind === 'not-shallow') {
      await this.#fetchAll(head, signal);
      return (
        since === undefined || this.#isAncestor(since.commit, head, signal)
      );
    }
    this.#noteFilter(outcome.filtered);
    return true;
  }

  async #fetchAll(head: string, signal: AbortSignal): Promise<void> {
    if (this.#complete.has(head)) return;
    const unshallow = await access(
      join(this.#temporary.gitDir, 'shallow'),
    ).then(
      () => true,
      () => false,
    );
    const outcome = await this.#remote.fetch(
      { wants: [head], history: { kind: 'all', unshallow } },
      signal,
    );
    if (outcome.kind === 'fetched') this.#noteFilter(outcome.filtered);
    this.#complete.add(head);
  }

  /** Fetches those that are missing; `depth` counts the commits of history that come with each. */
  async #ensure(
    oids: readonly string[],
    what: string,
    depth: number | 'none',
    signal: AbortSignal,
  ): Promise<void> {
    const missing = await this.#objects.readMissing(oids, signal);
    if (missing.length === 0) return;
    await this.#remote.fetch(
      {
        wants: missing,
        history:
          depth === 'none'
            ? { kind: 'all', unshallow: false }
            : { kind: 'depth', depth },
      },
      signal,
    );
    const left = await this.#objects.readMissing(missing, signal);
    if (left.length > 0) {
      throw gitErrors.objectMissing(this.display, `${what} (${left[0]})`);
    }
  }

  #noteFilter(filtered: boolean): void {
    const text =
      'the server sends whole trees, since it cannot filter; reading takes longer';
    if (!filtered && !this.warnings.includes(text)) this.warnings.push(text);
  }

  async #readCommitObjects(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    await this.#ensure(oids, 'a commit', 1, signal);
    return this.#readParsed(oids, 'commit', 'a commit', signal);
  }

  async #readParsed(
    oids: readonly string[],
    type: 'commit' | 'tag',
    what: string,
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    const objects = await this.#objects.read(oids, signal);
    return objects.map((object, index) => {
      if (object?.type !== type) {
        throw gitErrors.objectMissing(this.display, `${what} (${oids[index]})`);
      }
      return parseObject(object.body);
    });
  }

  #toCommit(oid: string, { parents, message }: ParsedObject): ObservedCommit {
    if (message.length <= mostMessage) return { oid, parents, message };
    this.warnings.push(
      `the message of commit ${oid.slice(0, 7)} has ${
        message.length
      } characters; the first ${mostMessage} were read`,
    );
    return { oid, parents, message: message.slice(0, mostMessage) };
  }

  async #readRange(
    head: string,
    since: string | undefined,
    signal: AbortSignal,
  ): Promise<string[]> {
    const output = await this.#local(
      [
        'rev-list',
        '--ignore-missing',
        '--end-of-options',
        head,
        ...(since === undefined ? [] : [`^${since}`]),
      ],
      signal,
    );
    if (output.code !== 0) {
      throw gitErrors.failed(this.display, 'rev-list', output.stderr.trim());
    }
    return output.stdout.toString('latin1').split('\n').filter(Boolean);
  }

  async #isAncestor(
    commit: string,
    head: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const args = ['merge-base', '--is-ancestor', commit, head];
    return (await this.#local(args, signal)).code === 0;
  }

  #local(args: readonly string[], signal: AbortSignal) {
    const { folder, gitDir } = this.#temporary;
    const { display } = this;
    return runGit({
      args,
      directory: folder,
      gitDir,
      display,
      mostOutput: mostRevisionOutput,
      signal,
    });
  }
}
