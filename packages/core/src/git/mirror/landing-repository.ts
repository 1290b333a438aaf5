import type {
  CommitText,
  LandedCommit,
  LandingRepository,
} from '../../deploy/landings/ports';
import type { ListedRefs, RefsToRead } from '../../repository/repository-data';
import { verifyCommits } from '../infra/remote-objects';
import { formatOf, maxMessage } from '../objects/git-objects';
import { decodeText } from '../objects/tree-files';
import type { GitMirror } from './git-mirror';
import { nameIn, timeIn } from './identity-line';
import { parseLandingLog } from './parse-landing-log';

/** Commits, and texts, that are read at once, so that others have their turn between. */
const atOnce = 500;
/** Of one note; a larger one is as if it were not there. */
const maxNoteBytes = 1024 * 1024;
/** Folders that one listing is given. */
const foldersAtOnce = 500;

/** {@link LandingRepository} over a mirror. */
export class GitLandingRepository implements LandingRepository {
  readonly display: string;
  readonly #mirror: GitMirror;

  constructor(mirror: GitMirror) {
    this.display = mirror.display;
    this.#mirror = mirror;
  }

  readRefs(asked: RefsToRead, signal: AbortSignal): Promise<ListedRefs> {
    return this.#mirror.readRefs(asked, signal);
  }

  async readLine(
    head: string,
    since: string | undefined,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly LandedCommit[]> {
    verifyCommits(this.display, [
      head,
      ...(since === undefined ? [] : [since]),
    ]);
    const output = await this.#mirror.run(
      [
        'log',
        '-z',
        '--first-parent',
        '--diff-merges=first-parent',
        '--raw',
        '--no-renames',
        '--no-abbrev',
        '--no-decorate',
        '--no-ext-diff',
        '--format=%H %P',
        `--max-count=${cap}`,
        '--end-of-options',
        head,
        ...(since === undefined ? [] : [`^${since}`]),
      ],
      signal,
    );
    return parseLandingLog(output.toString('utf8'));
  }

  async readCommits(
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly CommitText[]> {
    const read: CommitText[] = [];
    for (let start = 0; start < commits.length; start += atOnce) {
      const some = commits.slice(start, start + atOnce);
      const objects = await this.#mirror.objects.of(formatOf(some[0]));
      const parsed = await objects.readCommits(some, signal);
      parsed.forEach(({ headers, parents, message }, index) => {
        read.push({
          commit: some[index],
          parents,
          author: nameIn(headers.get('author')) ?? '',
          at: timeIn(headers.get('committer')) ?? new Date(0).toISOString(),
          message: message.slice(0, maxMessage),
        });
      });
    }
    return read;
  }

  async listFiles(
    commit: string,
    folders: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<readonly { readonly path: string; readonly oid: string }[]> {
    verifyCommits(this.display, [commit]);
    if (folders === undefined) return this.#listFiles(commit, [], signal);
    const files = [];
    for (let start = 0; start < folders.length; start += foldersAtOnce) {
      const some = folders.slice(start, start + foldersAtOnce);
      files.push(...(await this.#listFiles(commit, some, signal)));
    }
    return files;
  }

  async readTexts(
    oids: readonly string[],
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    const texts: (string | undefined)[] = [];
    for (let start = 0; start < oids.length; start += atOnce) {
      const some = oids.slice(start, start + atOnce);
      const objects = await this.#mirror.objects.of(formatOf(some[0]));
      const what = 'an overlay';
      const sizes = await objects.readSizes(some, what, signal);
      const small = some.filter((_, at) => sizes[at] <= maxBytes);
      const bodies = await objects.readObjects(small, what, signal);
      const textOf = new Map(
        small.map((oid, at) => [oid, decodeText(bodies[at])]),
      );
      texts.push(...some.map(oid => textOf.get(oid)));
    }
    return texts;
  }

  async readNotes(
    notes: string,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    if (objects.length === 0) return [];
    // One listing for all: to look each up would parse the same trees again and again.
    const blobsOf = new Map<string, string[]>();
    for (const { path, oid } of await this.#listFiles(notes, [], signal)) {
      const object = path.replaceAll('/', '');
      blobsOf.set(object, [...(blobsOf.get(object) ?? []), oid]);
    }
    const blobs = objects.flatMap(object => blobsOf.get(object) ?? []);
    const all = [...new Set(blobs)];
    const texts = await this.readTexts(all, maxNoteBytes, signal);
    const textOf = new Map(all.map((oid, at) => [oid, texts[at]]));
    return objects.map(object =>
      blobsOf
        .get(object)
        ?.map(oid => textOf.get(oid) ?? '')
        .join(''),
    );
  }

  async #listFiles(
    commit: string,
    folders: readonly string[],
    signal: AbortSignal,
  ) {
    const output = await this.#mirror.run(
      [
        '--literal-pathspecs',
        'ls-tree',
        '-r',
        '-z',
        '--full-tree',
        commit,
        '--',
        ...folders.map(folder => `${folder}/`),
      ],
      signal,
    );
    return output
      .toString('utf8')
      .split('\0')
      .flatMap(line => {
        const tab = line.indexOf('\t');
        const [mode = '', , oid] = line.slice(0, tab).split(' ');
        return tab > 0 && mode.startsWith('100')
          ? [{ path: line.slice(tab + 1), oid }]
          : [];
      });
  }
}
