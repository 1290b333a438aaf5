import type { RepositoryLinks } from '../../repository/repository-links';
import { parseTagMessage } from '../commit-message';
import type { JudgedCommit } from '../commits/judge-commits';
import { parseCommit, splitMessage } from '../commits/parse-commit';
import { parseRevert } from '../commits/parse-revert';
import type { ChosenTag } from './choose-refs';
import { judge, requestNumber } from './judge-line';
import type { ShownCommit, ShownTag } from './ports';
import type { StandingCommit, StandingRelease } from './standing';

/** Bytes of the notes of one version. */
const maxNotes = 4_096;
/** Characters of a subject, of which a page shows one line. */
const maxSubject = 300;

/** A version tag with all that was read of it. */
export interface ReadRelease {
  readonly tag: ChosenTag;
  /** The commit that it leads to. */
  readonly commit: ShownCommit;
  /** Absent: it is a lightweight one. */
  readonly shown?: ShownTag;
  /** That no version in `contains` has, newest first. */
  readonly commits: readonly ShownCommit[];
  readonly isCut: boolean;
  readonly contains: readonly string[];
  readonly previous?: ChosenTag;
  /** Image repository of the component; absent: any that the tag names is its own. */
  readonly image?: string;
  readonly migrations?: readonly string[];
  /** Ids of migrations that take away what earlier versions read. */
  readonly breaking?: ReadonlySet<string>;
  /** Of the changelog. */
  readonly section?: string;
  /** What was known of this tag. */
  readonly prior?: StandingRelease;
  readonly links?: RepositoryLinks;
}

/** The facts of a version. A tag that leads elsewhere than it was known to is a moved one, and stays one. */
export function toRelease(read: ReadRelease): StandingRelease {
  const { tag, commit, shown, contains, previous, migrations, links } = read;
  const promise = shown && parseTagMessage(shown.message);
  const judged = judge(read.commits);
  const commits = judged.flatMap((each, at) =>
    each.verdict.reason === 'release commit'
      ? []
      : [toCommit(each, read.commits[at])],
  );
  const name = shown?.tagger ?? commit.author;
  const needs = migrations?.at(-1);
  const moved = movedOf(read);
  return {
    kind: 'release',
    version: tag.version,
    tag: tag.name,
    sha: tag.commit,
    oid: tag.oid,
    at: shown?.at ?? commit.at,
    ...(name !== '' && { by: { name } }),
    breaking: commits.some(({ level }) => level === 'major'),
    ...(needs !== undefined && { needs }),
    ...(migrations && { migrations }),
    ...breakingOf(read),
    ...cutNotes(promise?.notes.trim() || read.section || ''),
    image: imageOf(read, promise?.image),
    // Its repository does not say it: see withUnfinished.
    unfinished: [],
    ...(moved && { moved }),
    urls: {
      ...(links && { tag: links.tag(tag.name) }),
      ...(links && promise?.forgeRelease && { release: links.tag(tag.name) }),
      ...(links &&
        previous && { compare: links.compare(previous.name, tag.name) }),
    },
    ...(promise && { planHash: promise.planHash }),
    ...(previous && { previous: previous.version }),
    counting: commits.filter(({ level }) => level !== 'none').length,
    commits,
    ...(read.isCut && { commitsCut: true as const }),
    contains,
  };
}

function toCommit(
  { verdict }: JudgedCommit,
  { oid, at, parents, message }: ShownCommit,
): StandingCommit {
  const pr = requestNumber(verdict.subject);
  const reverts = revertedBy(message);
  return {
    sha: oid,
    subject: verdict.subject.slice(0, maxSubject),
    at,
    level: verdict.level,
    ...(verdict.breaking && { breaking: true as const }),
    ...(verdict.type !== undefined && {
      type: verdict.type.slice(0, maxSubject),
    }),
    ...(pr !== undefined && { pr }),
    ...(reverts !== undefined && { reverts }),
    ...(parents.length > 1 && { isMerge: true as const }),
  };
}

/** The commit that another one says it takes back; of several the first. */
function revertedBy(message: string): string | undefined {
  return parseRevert(splitMessage(message), parseCommit(message))?.shas.at(0);
}

function breakingOf({
  migrations,
  breaking,
}: ReadRelease): Pick<StandingRelease, 'breakingMigrations'> {
  const ids = (migrations ?? []).filter(id => breaking?.has(id));
  return ids.length === 0 ? {} : { breakingMigrations: ids };
}

function imageOf(
  { image, prior }: ReadRelease,
  promised:
    | { readonly repository: string; readonly digest: string }
    | undefined,
): StandingRelease['image'] {
  const isOwn = image === undefined || promised?.repository === image;
  if (promised === undefined || !isOwn) return { kind: 'none' };
  const { digest } = promised;
  return prior?.image.kind === 'digest' && prior.image.digest === digest
    ? prior.image
    : { kind: 'digest', digest, check: 'unchecked' };
}

function movedOf({ tag, prior }: ReadRelease): StandingRelease['moved'] {
  if (prior === undefined) return undefined;
  const from = prior.moved?.from ?? prior.sha;
  return from === tag.commit ? undefined : { from, to: tag.commit };
}

/** Whole characters, as many as there is room for. */
function cutNotes(notes: string): Pick<StandingRelease, 'notes' | 'notesCut'> {
  const bytes = Buffer.from(notes.slice(0, maxNotes + 1));
  if (bytes.length <= maxNotes) return { notes };
  let end = maxNotes;
  // A byte 10xxxxxx goes on with a character that began before it.
  while (end > 0 && (bytes[end] & 0xc0) === 0x80) end -= 1;
  return { notes: bytes.subarray(0, end).toString('utf8'), notesCut: true };
}
