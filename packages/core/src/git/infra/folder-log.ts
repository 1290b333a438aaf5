import type { InfraCommit } from '../../deploy/ports';
import { inGraphOrder } from '../../repository/in-graph-order';
import { toPrintable } from '../../text/to-printable';
import { gitErrors } from '../git-errors';
import type { CommitHistory } from '../history/commit-history';
import { commitsOfFolder } from '../history/folder-history';
import type { FetchedObjects } from '../objects/fetched-objects';
import { formatOf, maxMessage, secondsOf } from '../objects/git-objects';
import type { ParsedObject } from '../objects/git-objects';
import { toTreePath } from './read-texts';
import type { RemoteObjects } from './remote-objects';

/** Options of {@link readFolderLog}. */
export interface FolderLogOptions {
  readonly display: string;
  readonly objects: RemoteObjects;
  readonly history: CommitHistory;
  /** Commits looked through, ever more of them until enough touched the folder; default {@link steps}. */
  readonly steps?: readonly number[];
  /** Ids that were read of a head before, by the head and their number: the logs of several folders begin with the same. */
  readonly known?: Map<string, Promise<string[]>>;
  readonly onWarning: (text: string) => void;
}

/** Most folders changed lately; a second and a third look cost a fetch each, and what came with the first stays. */
const steps: readonly number[] = [200, 2_000, 20_000];
/** The range of Date, in seconds. */
const maxSeconds = 8_640_000_000_000;

/**
 * Commits that changed something below a folder, newest first, at most `cap`. Of commits their own bytes are read, and of
 * trees those on the way to the folder; no file is.
 *
 * @throws DojoError GIT_COMMITS_TOO_LARGE, GIT_OBJECT_TOO_LARGE, GIT_SHALLOW where the remote lacks the rest itself.
 */
export async function readFolderLog(
  head: string,
  folder: string,
  cap: number,
  options: FolderLogOptions,
  signal: AbortSignal,
): Promise<InfraCommit[]> {
  const path = toTreePath(folder);
  if (path === undefined || cap < 1) return [];
  const { display, onWarning } = options;
  const objects = await options.objects.of(formatOf(head));
  const all = options.steps ?? steps;
  for (const [step, most] of all.entries()) {
    const oids = await readIdsOnce(head, most, options, signal);
    const isWhole = oids.length <= most;
    const seen = oids.slice(0, most);
    const parsed = await objects.readCommits(seen, signal);
    const touching = await touchingCommits(
      path,
      { oids: seen, parsed, objects, display },
      signal,
    );
    const isLast = step === all.length - 1;
    if (isWhole || isLast || touching.size >= cap) {
      if (!isWhole && touching.size < cap) {
        onWarning(
          `the last ${most} commits were looked through for ${path}; older ones were not`,
        );
      }
      return toLog(seen, parsed, touching).slice(0, cap);
    }
  }
  return [];
}

function readIdsOnce(
  head: string,
  most: number,
  options: FolderLogOptions,
  signal: AbortSignal,
): Promise<string[]> {
  const { known } = options;
  const key = `${most} ${head}`;
  const read =
    known?.get(key) ??
    readIds(head, most, options, signal).catch(error => {
      known?.delete(key);
      throw error;
    });
  known?.set(key, read);
  return read;
}

/** One more than `most` where there are more. */
async function readIds(
  head: string,
  most: number,
  { history, display }: FolderLogOptions,
  signal: AbortSignal,
): Promise<string[]> {
  await history.fetchRange({ head, cap: most }, signal);
  const oids = await history.readRange({ head, most: most + 1 }, signal);
  if (oids.length <= most && (await history.isCutAt(oids))) {
    throw gitErrors.shallow(display);
  }
  return oids;
}

interface ReadCommits {
  readonly oids: readonly string[];
  readonly parsed: readonly ParsedObject[];
  readonly objects: FetchedObjects;
  readonly display: string;
}

async function touchingCommits(
  path: string,
  { oids, parsed, objects, display }: ReadCommits,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (path === '') return new Set(oids);
  const commits = parsed.map(({ headers, parents: [parent] }, index) => ({
    oid: oids[index],
    tree: headers.get('tree')!,
    parent,
  }));
  return commitsOfFolder(
    commits,
    path,
    {
      display,
      source: objects,
      isGoneAllowed: true,
      readTrees: async missing => {
        const found = await objects.fetchParsed(
          missing,
          'commit',
          'a commit',
          signal,
        );
        return found.map(({ headers }) => headers.get('tree')!);
      },
    },
    signal,
  );
}

function toLog(
  oids: readonly string[],
  parsed: readonly ParsedObject[],
  touching: ReadonlySet<string>,
): InfraCommit[] {
  const commits = parsed.map((commit, index) => ({
    ...commit,
    oid: oids[index],
  }));
  const byOid = new Map(commits.map(commit => [commit.oid, commit]));
  const landings = new Set<string>();
  let at = commits.at(0);
  while (at !== undefined) {
    landings.add(at.oid);
    at = byOid.get(at.parents[0]);
  }
  return inGraphOrder(commits)
    .filter(({ oid }) => touching.has(oid))
    .map(({ oid, headers, message }) => ({
      commit: oid,
      message: message.slice(0, maxMessage),
      date: dateOf(headers.get('committer')),
      author: authorOf(headers.get('author')),
      isLanding: landings.has(oid),
    }));
}

/** Of a commit without a date, the first moment that there is. */
function dateOf(line: string | undefined): Date {
  return new Date(Math.min(secondsOf(line) ?? 0, maxSeconds) * 1_000);
}

function authorOf(line = ''): string {
  // Headers are read as bytes; what git writes into them is UTF-8.
  const text = Buffer.from(line, 'latin1').toString('utf8');
  return toPrintable(text.replace(/ -?\d+ [+-]\d+$/, ''));
}
