import type {
  BaseRepository,
  FileSource,
  NoteRepository,
} from '../../deploy/ports';
import type { RemoteRefs } from '../../repository/repository-data';
import { GitNotes } from '../notes/git-notes';
import { formatOf } from '../objects/git-objects';
import type { OpenedRemote } from '../remote/open-remote';
import { isRefName } from '../remote/ref-name';
import { CachedObjects } from './cached-objects';
import { createCommitFiles } from './commit-files';
import type { ObjectCache } from './object-cache';
import { RemoteObjects, verifyCommits } from './remote-objects';

/** {@link BaseRepository} over the git command, one temporary bare repository and a cache of what others read before. */
export class GitBaseRepository implements BaseRepository, NoteRepository {
  readonly display: string;
  readonly readNote: NoteRepository['readNote'];
  readonly readNotes: NoteRepository['readNotes'];
  readonly appendNote: NoteRepository['appendNote'];
  readonly askAhead: NonNullable<NoteRepository['askAhead']>;
  readonly #opened: OpenedRemote;
  readonly #objects: RemoteObjects;
  readonly #cache: ObjectCache | undefined;
  readonly #cached: CachedObjects[] = [];

  /** @param cache not used for a repository of this machine, whose objects are read in place. */
  constructor(opened: OpenedRemote, cache?: ObjectCache) {
    this.display = opened.display;
    this.#opened = opened;
    this.#objects = new RemoteObjects(opened);
    this.#cache = opened.isLocal ? undefined : cache;
    const notes = new GitNotes(opened, this.#objects);
    this.readNote = (...asked) => notes.readNote(...asked);
    this.readNotes = (...asked) => notes.readNotes(...asked);
    this.appendNote = (...asked) => notes.appendNote(...asked);
    this.askAhead = (...asked) => notes.askAhead(...asked);
  }

  /** All branches and tags, as the choice of a version needs them. */
  readRefs(signal: AbortSignal): Promise<RemoteRefs> {
    return this.#opened.remote.readRefs(signal);
  }

  async resolveTag(
    tag: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const ref = `refs/tags/${tag}`;
    // A repository cannot hold a tag of such a name.
    if (!isRefName(ref)) return undefined;
    const { tags } = await this.#opened.remote.readRefs(signal, [
      ref,
      `${ref}^{}`,
    ]);
    const commit = tags.find(({ name }) => name === tag)?.commit;
    // Its files are read next, and of a remote one perhaps none.
    if (commit !== undefined && this.#opened.isLocal) {
      await this.#objects.start(formatOf(commit));
    }
    return commit;
  }

  async readMessage(commit: string, signal: AbortSignal): Promise<string> {
    verifyCommits(this.display, [commit]);
    const objects = await this.#objects.of(formatOf(commit));
    const what = 'the commit of a version';
    const [read] = await objects.fetchParsed([commit], 'commit', what, signal);
    return read.message;
  }

  files(commit: string): FileSource {
    const { display } = this;
    const remote = this.#objects.source(formatOf(commit));
    if (this.#cache === undefined) {
      return createCommitFiles(commit, { display, objects: remote });
    }
    const objects = new CachedObjects({
      repository: display,
      remote,
      cache: this.#cache,
    });
    this.#cached.push(objects);
    return createCommitFiles(commit, { display, objects });
  }

  async dispose(): Promise<void> {
    if (this.#cached.some(({ hasKept }) => hasKept)) await this.#cache?.prune();
    this.#objects.dispose();
    await this.#opened.temporary.dispose();
  }
}
