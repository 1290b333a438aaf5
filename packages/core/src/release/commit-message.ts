/** What a version tag's message says, as {@link tagMessage} writes it and {@link parseTagMessage} reads it. */
export interface TagPromise {
  readonly notes: string;
  /** Absent in a tag of another tool. */
  readonly planHash?: string;
  readonly image?: { readonly repository: string; readonly digest: string };
  readonly movingTags: readonly string[];
  readonly forgeRelease: boolean;
}

const planTrailer = 'Dojo-Plan';
const imageTrailer = 'Dojo-Image';
const movingTagsTrailer = 'Dojo-Moving-Tags';
const forgeReleaseTrailer = 'Dojo-Forge-Release';

const imagePattern = /^([^\s@]+)@(sha256:[0-9a-f]{64})$/;
const imageTagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const trailerPattern = /^(Dojo-[A-Za-z-]{1,40}): (.*)$/;

/** The release commit's message: what it is, and which plan it came from. */
export function releaseCommitMessage(
  version: string,
  planHash: string,
): string {
  return `chore(release): ${version}\n\n${planTrailer}: ${planHash}\n`;
}

/** The `Dojo-Plan` trailer of a release commit. @returns undefined where it has none. */
export function parseCommitPlanHash(message: string): string | undefined {
  const lines = message.trimEnd().split('\n');
  return readTrailers(lines.slice(lines.lastIndexOf('') + 1))?.get(planTrailer);
}

/** The version of a commit by {@link releaseCommitMessage}. @returns undefined for any other commit. */
export function parseReleasedVersion(message: string): string | undefined {
  if (parseCommitPlanHash(message) === undefined) return undefined;
  return /^chore\(release\): (\S+)\n/.exec(message)?.[1];
}

/**
 * The annotated tag's message: a subject, the notes as they are, and last a paragraph of trailers that begins with
 * `Dojo-Plan`. To be stored verbatim (git's clean-up drops lines with `#`).
 */
export function tagMessage(
  version: string,
  promise: TagPromise & { readonly planHash: string },
): string {
  const trailers = [`${planTrailer}: ${promise.planHash}`];
  const { image, movingTags, forgeRelease } = promise;
  if (image) {
    trailers.push(`${imageTrailer}: ${image.repository}@${image.digest}`);
  }
  if (movingTags.length > 0) {
    trailers.push(`${movingTagsTrailer}: ${movingTags.join(', ')}`);
  }
  if (forgeRelease) trailers.push(`${forgeReleaseTrailer}: yes`);
  return `Release ${version}\n\n${promise.notes}\n\n${trailers.join('\n')}\n`;
}

/**
 * Reads a version tag's message. Of a tag by {@link tagMessage} it returns exactly what went in; of any other it
 * returns the text below the subject (or the subject, where that is all) as notes, and no promises.
 */
export function parseTagMessage(message: string): TagPromise {
  return (
    ownPromise(message) ?? {
      notes: foreignNotes(message),
      movingTags: [],
      forgeRelease: false,
    }
  );
}

function ownPromise(message: string): TagPromise | undefined {
  // Notes may hold lines that look like trailers: only the last paragraph is ours.
  const cut = message.lastIndexOf(`\n\n${planTrailer}: `);
  const subjectEnd = message.indexOf('\n\n');
  if (cut < 0 || cut < subjectEnd + 2) return undefined;
  const trailers = readTrailers(
    message
      .slice(cut + 2)
      .trimEnd()
      .split('\n'),
  );
  const planHash = trailers?.get(planTrailer);
  if (trailers === undefined || planHash === undefined) return undefined;

  const image = imagePattern.exec(trailers.get(imageTrailer) ?? '');
  return {
    notes: message.slice(subjectEnd + 2, cut),
    planHash,
    ...(image && { image: { repository: image[1], digest: image[2] } }),
    movingTags: (trailers.get(movingTagsTrailer) ?? '')
      .split(', ')
      .filter(name => imageTagPattern.test(name)),
    forgeRelease: trailers.get(forgeReleaseTrailer) === 'yes',
  };
}

function readTrailers(
  lines: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const trailers = new Map<string, string>();
  for (const line of lines) {
    const match = trailerPattern.exec(line);
    if (match === null) return undefined;
    trailers.set(match[1], match[2]);
  }
  return trailers;
}

function foreignNotes(message: string): string {
  const text = message.trim();
  const subjectEnd = text.indexOf('\n');
  return subjectEnd < 0 ? text : text.slice(subjectEnd).trim();
}
