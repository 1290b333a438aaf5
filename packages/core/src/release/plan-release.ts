import type {
  FileEdit,
  NewRelease,
  ReleaseDecides,
  ReleasePlan,
  ReleaseRequest,
  ReleaseShows,
} from 'backstage-plugin-dojo-common';
import { toPlannedEffects } from '../effect/effect-step';
import { notOnMain, staysLatest } from './besides-main';
import { decideImage, imageWarnings } from './decide-image';
import { decideVersion } from './decide-version';
import type { VersionDecision } from './decide-version';
import { editChangelog } from './edit-changelog';
import { editVersionFiles } from './edit-version-files';
import { baseOf } from './next-version';
import { toPep440 } from './pep440';
import { releaseEffects } from './effects/release-effects';
import { releaseErrors } from './release-errors';
import { changelogPath } from './release-paths';
import { renderDiff } from '../text/render-diff';
import { renderNotes } from './render-notes';
import { isStable } from '../repository/version-tags';
import { repositoryLinks } from '../repository/repository-links';
import { shownCommits } from './shown-commits';
import type { ReleaseState } from './release-state';
import { skipWarnings } from './skip-warnings';
import { isPythonFile } from './version-files/read-version-file';

/**
 * Plans a release: pure, so that the dry run, the form's review and the run itself see the same value. What makes the
 * release is in `decides`, whose hash a reviewer gives back; `shows` is what a reader needs beside it.
 *
 * @throws DojoError RELEASE_* where a rule refuses, before anything was written anywhere.
 */
export function planRelease(
  state: ReleaseState,
  request: ReleaseRequest,
): ReleasePlan {
  const decision = decideVersion(state, request);
  const release =
    decision.kind === 'release'
      ? newRelease(state, request, decision)
      : undefined;
  const finish = state.newest?.open;
  const decides: ReleaseDecides = {
    repository: state.repository,
    branch: state.branch,
    base: state.base,
    ...(finish && { finish }),
    ...(release && { release: release.decided }),
    request: {
      bump: request.bump,
      preid: request.preid,
      squash: request.squash,
      changelog: request.changelog,
      forgeRelease: request.forgeRelease,
      movingTags: request.movingTags,
      ...(request.tagPrefix !== undefined && { tagPrefix: request.tagPrefix }),
      ...(request.path !== undefined && { path: request.path }),
    },
  };
  return {
    kind: decision.kind,
    decides,
    shows: showsOf(state, decision, decides, release?.warnings ?? []),
  };
}

/** Characters of the notes: of ten thousand commits, and of all that a tag should carry. */
export const maxNotes = 1024 * 1024;

type Released = Extract<VersionDecision, { kind: 'release' }>;

function newRelease(
  state: ReleaseState,
  request: ReleaseRequest,
  decision: Released,
): { readonly decided: NewRelease; readonly warnings: readonly string[] } {
  const { version, tag, movingTags, judged } = decision;
  const image = state.image && decideImage(state.image, version, state.base);
  const date = request.date ?? state.today;
  const notes = renderNotes(judged, state.forge?.webUrl);
  if (notes.length > maxNotes)
    throw releaseErrors.notesTooLong(version, notes.length, maxNotes);
  const files = editVersionFiles(version, state, request);
  refuseUnpythonic(version, state, files.paths);
  const changelogAt = changelogPath(request);
  const changelog =
    changelogAt === 'none'
      ? { warnings: [] }
      : editChangelog(
          changelogAt,
          state.files.find(({ path }) => path === changelogAt),
          { version, date, notes },
        );
  const edits = [...files.edits, ...(changelog.edit ? [changelog.edit] : [])];
  const movingNames = image ? [...movingTags] : [];
  return {
    decided: {
      version,
      tag,
      date,
      notes,
      edits,
      author: state.author,
      ...(image && { image }),
      movingTags: movingNames,
      forgeRelease:
        state.forge !== undefined && request.forgeRelease === 'auto',
    },
    warnings: [
      ...skipWarnings(version, state, decision.choices),
      ...files.warnings,
      ...changelog.warnings,
      ...(state.image ? imageWarnings(state.image) : []),
      ...movingWarnings(version, movingNames, request),
    ],
  };
}

/** Python reads versions by PEP 440: what it would not read, or would sort elsewhere, is no version for its files. */
function refuseUnpythonic(
  version: string,
  { newest }: ReleaseState,
  paths: readonly string[],
): void {
  const path = paths.find(isPythonFile);
  if (path === undefined) return;
  const python = toPep440(version);
  if (python === undefined) {
    throw releaseErrors.versionNotPep440(
      version,
      path,
      'Python would reject it or take it for a post-release',
    );
  }
  const last = newest && toPep440(newest.version);
  const sameBase =
    newest !== undefined && baseOf(version) === baseOf(newest.version);
  if (!last || !sameBase) return;
  const [phase, number] = python.rank;
  const [lastPhase, lastNumber] = last.rank;
  if (phase < lastPhase || (phase === lastPhase && number <= lastNumber)) {
    throw releaseErrors.versionNotPep440(
      version,
      path,
      `Python would not sort it after ${newest.version}`,
    );
  }
}

function movingWarnings(
  version: string,
  movingTags: readonly string[],
  request: ReleaseRequest,
): string[] {
  if (request.movingTags.length === 0 || movingTags.length > 0) return [];
  const why =
    request.image === undefined
      ? 'no image is released'
      : `${version} is not the highest stable version`;
  return [`Moving tags stay where they are: ${why}.`];
}

function showsOf(
  state: ReleaseState,
  decision: VersionDecision,
  decides: ReleaseDecides,
  warnings: readonly string[],
): ReleaseShows {
  const { newest, cappedAt } = state;
  const links = state.page && repositoryLinks(state.page);
  const since = sinceTag(state, decides);
  const commits = shownCommits(decision.judged, {
    commits: [...state.commits, ...state.earlierCommits],
    ...(links && { links }),
  });
  const omitted = decision.judged.length - commits.length;
  const latest = staysLatest(decides.release?.version, state);
  return {
    ...(newest && {
      previousVersion: newest.version,
      previousTag: newest.tag,
    }),
    reason: decision.reason,
    ...(latest !== undefined && { staysLatest: latest }),
    commits,
    ...(links &&
      since !== undefined &&
      commits.length > 0 && { compareUrl: links.compare(since, decides.base) }),
    ...(omitted > 0 && { omittedCommits: omitted }),
    choices: decision.choices,
    ...(cappedAt !== undefined && { cappedAt }),
    diffs: (decides.release?.edits ?? []).map(edit =>
      renderDiff(edit, textBefore(edit, state)),
    ),
    effects: toPlannedEffects(releaseEffects(decides, state)),
    warnings: [
      ...state.warnings,
      ...(decides.release ? notOnMain(state, decision.judged) : []),
      ...otherLines(state),
      ...(cappedAt === undefined
        ? []
        : [
            `Only the newest ${cappedAt} commits were read; older ones are not in the notes.`,
          ]),
      ...(omitted === 0
        ? []
        : [
            `${omitted} more commits count for this plan, and are not listed in it.`,
          ]),
      ...warnings,
    ],
    ...(newest && { newest: newestShown(newest) }),
  };
}

/** The tag that the shown commits come after: a stable version tells of all since the stable one before it. */
function sinceTag(
  { newest, newestStable }: ReleaseState,
  { release }: ReleaseDecides,
): string | undefined {
  return release && isStable(release.version)
    ? newestStable?.name
    : newest?.tag;
}

/** Says so where versions exist that the branch leads to none of. */
function otherLines({ newest, versionTags, branch }: ReleaseState): string[] {
  const [tag] = versionTags;
  return newest === undefined && tag !== undefined
    ? [
        `Version tags such as ${tag.name} exist, but ${branch} contains none of them.`,
      ]
    : [];
}

function newestShown({
  version,
  tag,
  commit,
  notes,
  imageDigest,
  releaseUrl,
}: NonNullable<ReleaseState['newest']>): ReleaseShows['newest'] {
  return {
    version,
    tag,
    commit,
    notes,
    ...(imageDigest !== undefined && { imageDigest }),
    ...(releaseUrl !== undefined && { releaseUrl }),
  };
}

function textBefore(edit: FileEdit, { files }: ReleaseState) {
  const file = files.find(({ path }) => path === edit.path);
  return file?.kind === 'text' ? file.text : undefined;
}
