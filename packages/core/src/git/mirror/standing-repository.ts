import type {
  GraphCommit,
  ShownCommit,
  ShownTag,
  StandingRepository,
} from '../../release/standing/ports';
import type {
  ListedRefs,
  ObservedFile,
  RefsToRead,
} from '../../repository/repository-data';
import { commitsOfFolder } from '../history/folder-history';
import { toTreePath } from '../infra/read-texts';
import { verifyCommits } from '../infra/remote-objects';
import { readNotesOf } from '../notes/read-notes-of';
import { formatOf, maxMessage, parseTree } from '../objects/git-objects';
import { locate, readTreeFiles } from '../objects/tree-files';
import type { GitMirror } from './git-mirror';
import { nameIn, timeIn } from './identity-line';

/** Commits whose messages are read at once, so that others have their turn between. */
const commitsAtOnce = 500;

/** {@link StandingRepository} over a mirror. */
export class GitStandingRepository implements StandingRepository {
  readonly display: string;
  readonly #mirror: GitMirror;

  constructor(mirror: GitMirror) {
    this.display = mirror.display;
    this.#mirror = mirror;
  }

  readRefs(asked: RefsToRead, signal: AbortSignal): Promise<ListedRefs> {
    return this.#mirror.readRefs(asked, signal);
  }

  async readGraph(
    commits: readonly string[],
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly GraphCommit[]> {
    if (commits.length === 0) return [];
    verifyCommits(this.display, commits);
    const output = await this.#mirror.run(
      [
        'rev-list',
        '--topo-order',
        '--parents',
        `--max-count=${cap}`,
        '--end-of-options',
        ...new Set(commits),
      ],
      signal,
    );
    return output
      .toString('latin1')
      .split('\n')
      .filter(line => line !== '')
      .map(line => {
        const [oid, ...parents] = line.split(' ');
        return { oid, parents };
      });
  }

  async readCommits(
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ShownCommit[]> {
    const read: ShownCommit[] = [];
    for (let start = 0; start < commits.length; start += commitsAtOnce) {
      const some = commits.slice(start, start + commitsAtOnce);
      const objects = await this.#mirror.objects.of(formatOf(some[0]));
      const parsed = await objects.readCommits(some, signal);
      parsed.forEach(({ headers, parents, message }, index) => {
        read.push({
          oid: some[index],
          parents,
          message: message.slice(0, maxMessage),
          author: nameIn(headers.get('author')) ?? '',
          at: timeIn(headers.get('committer')) ?? new Date(0).toISOString(),
        });
      });
    }
    return read;
  }

  async readTags(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ShownTag[]> {
    if (oids.length === 0) return [];
    const objects = await this.#mirror.objects.of(formatOf(oids[0]));
    const parsed = await objects.fetchParsed(oids, 'tag', 'a tag', signal);
    return parsed.map(({ headers, message }) => {
      const tagger = nameIn(headers.get('tagger'));
      const at = timeIn(headers.get('tagger'));
      return {
        message,
        ...(tagger !== undefined && { tagger }),
        ...(at !== undefined && { at }),
      };
    });
  }

  async readTouching(
    commits: readonly GraphCommit[],
    path: string,
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    if (commits.length === 0) return new Set();
    const source = this.#sourceOf(commits[0].oid);
    const trees = await source.readRoots(
      commits.map(({ oid }) => oid),
      signal,
    );
    return commitsOfFolder(
      commits.map(({ oid, parents: [parent] }, index) => ({
        oid,
        tree: trees[index],
        ...(parent !== undefined && { parent }),
      })),
      path,
      {
        display: this.display,
        source,
        isGoneAllowed: true,
        readTrees: async missing => [
          ...(await source.readRoots(missing, signal)),
        ],
      },
      signal,
    );
  }

  async readNames(
    commits: readonly string[],
    folder: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly string[] | undefined)[]> {
    if (commits.length === 0) return [];
    const path = toTreePath(folder);
    if (path === undefined) return commits.map(() => undefined);
    const source = this.#sourceOf(commits[0]);
    const roots = await source.readRoots(commits, signal);
    const located =
      path === ''
        ? undefined
        : await locate(
            source,
            roots.map(tree => ({ tree, path })),
            signal,
          );
    const trees = roots.map((root, index) => {
      if (located === undefined) return root;
      const at = located[index];
      return at.kind === 'entry' && at.entry.mode === '40000'
        ? at.entry.oid
        : undefined;
    });
    const oids = [...new Set(trees.filter(oid => oid !== undefined))];
    const bodies = await source.readObjects(oids, 'a tree', signal);
    const namesOf = new Map(
      oids.map((oid, index) => [
        oid,
        parseTree(bodies[index], source.format)
          .filter(({ mode }) => mode.startsWith('100'))
          .map(({ name }) => name.toString('utf8')),
      ]),
    );
    return trees.map(oid => (oid === undefined ? undefined : namesOf.get(oid)));
  }

  async readFiles(
    commit: string,
    paths: readonly string[],
    maxBytesOf: (path: string) => number,
    signal: AbortSignal,
  ): Promise<readonly ObservedFile[]> {
    const source = this.#sourceOf(commit);
    const roots = await source.readRoots([commit], signal);
    const [files] = await readTreeFiles(
      source,
      roots,
      paths,
      signal,
      maxBytesOf,
    );
    return files;
  }

  async readNotes(
    notes: string,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    if (objects.length === 0) return [];
    const source = this.#sourceOf(notes);
    const [tree] = await source.readRoots([notes], signal);
    const { display } = this;
    return readNotesOf(source, { tree, display }, objects, signal);
  }

  #sourceOf(commit: string) {
    return this.#mirror.objects.source(formatOf(commit));
  }
}
