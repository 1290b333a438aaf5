import { maxReleases } from './choose-refs';
import type { ChosenTag } from './choose-refs';
import type { LineHistory } from './observe-lines';
import type { ShownCommit, ShownTag, StandingRepository } from './ports';
import { readBreaking } from './read-breaking';
import { readSections } from './read-sections';
import { ownCommits } from './split-history';
import type {
  NotedRejection,
  StandingOptions,
  StandingRelease,
  StandingRequest,
} from './standing';
import { toRelease } from './to-release';

/** Commits of one version that are kept. */
const maxCommits = 2_000;
/** Of all versions together; the newest have theirs first. */
const maxAllCommits = 20_000;

/** Options of {@link observeReleases}. */
export interface ReleasesOptions extends StandingOptions {
  /** What is known is of this very request: of a tag that is where it was, all of it still stands. */
  readonly isSameRequest: boolean;
}

/** What a version's own facts are made from. */
interface OpenRelease {
  readonly index: number;
  readonly tag: ChosenTag;
  readonly prior?: StandingRelease;
  readonly contains: readonly string[];
  readonly previous?: ChosenTag;
  readonly commits: readonly string[];
  readonly count: number;
}

/**
 * The newest versions. What is known of a tag that is where it was is never read again: only whether it was rejected since.
 *
 * @throws DojoError as the repository is read.
 */
export async function observeReleases(
  request: StandingRequest,
  repository: StandingRepository,
  history: LineHistory,
  options: ReleasesOptions,
): Promise<StandingRelease[]> {
  const { refs, graph, split } = history;
  const { signal } = options;
  const own = ownCommits(graph, refs.tags, split, maxCommits);
  const known = new Map(
    (options.known?.releases ?? []).map(each => [each.tag, each]),
  );
  let room = maxAllCommits;
  const told = refs.tags.slice(0, maxReleases);
  const all = told.map((tag, index): OpenRelease | StandingRelease => {
    const nearest = split.contains(index);
    const contains = nearest.map(at => refs.tags[at].version);
    const prior = known.get(tag.name);
    if (options.isSameRequest && prior && isSame(prior, tag, contains)) {
      return prior;
    }
    const commits = own[index].commits.slice(0, room);
    room -= commits.length;
    return {
      index,
      tag,
      ...(prior && { prior }),
      contains,
      ...(nearest.length > 0 && { previous: refs.tags[nearest[0]] }),
      commits,
      count: own[index].count,
    };
  });
  const open = all.filter((each): each is OpenRelease => 'index' in each);
  const made = new Map(
    (await readOpen(request, repository, open, history, options)).map(
      release => [release.tag, release],
    ),
  );
  const rejections = await readRejections(repository, history, options, signal);
  return all.map((each, index) => {
    const release = 'index' in each ? made.get(each.tag.name)! : each;
    return withRejection(release, rejections[index]);
  });
}

function isSame(
  prior: StandingRelease,
  tag: ChosenTag,
  contains: readonly string[],
): boolean {
  return (
    prior.oid === tag.oid &&
    prior.sha === tag.commit &&
    prior.version === tag.version &&
    prior.contains.join(' ') === contains.join(' ')
  );
}

async function readOpen(
  request: StandingRequest,
  repository: StandingRepository,
  open: readonly OpenRelease[],
  { refs }: LineHistory,
  options: ReleasesOptions,
): Promise<StandingRelease[]> {
  if (open.length === 0) return [];
  const { signal, links } = options;
  const annotated = open.filter(({ tag }) => tag.oid !== tag.commit);
  const tags = await repository.readTags(
    annotated.map(({ tag }) => tag.oid),
    signal,
  );
  const tagOf = new Map<string, ShownTag>(
    annotated.map(({ tag }, at) => [tag.oid, tags[at]]),
  );
  const commitOf = await readAll(
    repository,
    open.flatMap(({ tag, commits }) => [tag.commit, ...commits]),
    signal,
  );
  const names =
    request.migrations === undefined
      ? []
      : await repository.readNames(
          open.map(({ tag }) => tag.commit),
          request.migrations,
          signal,
        );
  const packed = open.map(
    (_, at) => names[at] && options.migrationsIn(names[at]),
  );
  const breaking =
    request.migrations === undefined
      ? new Set<string>()
      : await readBreaking(
          request.migrations,
          repository,
          open.map(({ tag }, at) => ({
            commit: tag.commit,
            migrations: packed[at],
          })),
          {
            known: options.isSameRequest ? options.known?.releases ?? [] : [],
            breaks: options.breaks,
            signal,
          },
        );
  const sections = await readSections(
    request,
    repository,
    { head: refs.head, tags: [...tagOf.values()], count: open.length },
    signal,
  );
  return open.map(({ tag, commits, count, contains, prior, previous }, at) => {
    const migrations = packed[at];
    const shown = tagOf.get(tag.oid);
    return toRelease({
      tag,
      commit: commitOf.get(tag.commit)!,
      ...(shown && { shown }),
      commits: commits.map(oid => commitOf.get(oid)!),
      isCut: count > commits.length,
      contains,
      ...(request.image !== undefined && { image: request.image }),
      ...(previous && { previous }),
      ...(migrations && { migrations, breaking }),
      ...(sections.has(tag.version) && {
        section: sections.get(tag.version)!,
      }),
      ...(prior && { prior }),
      ...(links && { links }),
    });
  });
}

async function readAll(
  repository: StandingRepository,
  oids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ShownCommit>> {
  const commits = await repository.readCommits([...new Set(oids)], signal);
  return new Map(commits.map(commit => [commit.oid, commit]));
}

async function readRejections(
  repository: StandingRepository,
  { refs }: LineHistory,
  { rejectionIn }: StandingOptions,
  signal: AbortSignal,
): Promise<readonly (NotedRejection | undefined)[]> {
  if (refs.notes === undefined) return [];
  const tags = refs.tags.slice(0, maxReleases);
  const notes = await repository.readNotes(
    refs.notes,
    tags.map(({ commit }) => commit),
    signal,
  );
  return tags.map(({ name }, at) => {
    const note = notes[at];
    return note === undefined ? undefined : rejectionIn(note, name);
  });
}

function withRejection(
  release: StandingRelease,
  rejection: NotedRejection | undefined,
): StandingRelease {
  const { rejected, ...rest } = release;
  if (rejection === undefined) {
    return rejected === undefined ? release : rest;
  }
  const { by, at, reason } = rejection;
  const isKnown = rejected?.at === at && rejected.reason === reason;
  return isKnown
    ? release
    : { ...rest, rejected: { by: personOf(by), at, reason } };
}

/** Who is named by an entity ref, or by their name. */
function personOf(by: string): { ref?: string; name: string } {
  const [, name] = /^[a-z]+:[^/\s]+\/(\S+)$/i.exec(by) ?? [];
  return name === undefined ? { name: by } : { ref: by, name };
}
