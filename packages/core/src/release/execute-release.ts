import type {
  Outcome,
  ReleasePlan,
  ReleasePromise,
  ReleaseRequest,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import type { Effect } from '../effect/effect';
import { releaseCommitMessage, tagMessage } from './commit-message';
import { forgeReleaseEffect } from './effects/forge-effects';
import {
  imageBytesEffect,
  imageTagEffect,
  movingTagEffect,
} from './effects/image-effects';
import type { ImageOfVersion } from './effects/image-effects';
import type {
  GitRepository,
  ImageRepository,
  ReleaseCommit,
  ReleasePorts,
} from './ports';
import { refsEffect } from './effects/refs-effect';
import { applySplices } from './apply-splices';
import type { ReleaseState } from './release-state';

/** What {@link executeRelease} settles. */
export interface ReleaseExecution {
  readonly request: ReleaseRequest;
  readonly plan: ReleasePlan;
  readonly planHash: string;
  /** The state that the plan was made from: its files are what the edits apply to. */
  readonly state: ReleaseState;
  readonly repository: GitRepository;
  readonly ports: ReleasePorts;
}

/** What came of it, read from the systems. */
export interface ReleaseExecuted {
  readonly outcomes: readonly Outcome[];
  /** The release commit, once the remote holds it. */
  readonly commit?: string;
  /** Page of the forge's release, once the forge shows it. */
  readonly releaseUrl?: string;
}

/**
 * Settles the plan's effects in their order (docs/explanation/release.md).
 *
 * @throws DojoError where nothing was attempted, since the forge would not let us publish; else only an abort.
 */
export async function executeRelease(
  execution: ReleaseExecution,
  options: {
    readonly signal: AbortSignal;
    readonly onOutcome?: (outcome: Outcome) => void;
  },
): Promise<ReleaseExecuted> {
  const { request, plan, planHash, repository, ports } = execution;
  const { release, finish } = plan.decides;
  if (release?.forgeRelease) {
    // Before the first write: a tag without its forge release is what a missing token would leave.
    await ports.openForge(request.repository)?.verifyAccess(options.signal);
  }
  const finishing = finish && promiseEffects(finish, execution);
  const refs =
    release &&
    refsEffect(
      toReleaseCommit(execution, ports.clock.now()),
      planHash,
      repository,
    );
  const promised = release && promiseEffects(release, execution);
  const outcomes = await settle(
    [
      ...(finishing?.effects ?? []),
      ...(release?.image
        ? [imageBytesEffect(imageOf(release), openImage(release, ports))]
        : []),
      ...(refs ? [refs.effect] : []),
      ...(promised?.effects ?? []),
    ],
    options,
  );
  const commit = refs?.commit();
  const releaseUrl = (promised ?? finishing)?.releaseUrl();
  return {
    outcomes,
    ...(commit && { commit }),
    ...(releaseUrl && { releaseUrl }),
  };
}

type Promised = Pick<
  ReleasePromise,
  'version' | 'tag' | 'notes' | 'image' | 'movingTags' | 'forgeRelease'
>;

/** What a version tag promises beyond itself; moving tags last, so that `latest` never leads to half a release. */
function promiseEffects(
  promise: Promised,
  { request, ports }: ReleaseExecution,
): {
  readonly effects: readonly Effect[];
  releaseUrl(): string | undefined;
} {
  const forge = promise.forgeRelease
    ? ports.openForge(request.repository)
    : undefined;
  const published =
    forge && forgeReleaseEffect(promise, request.changelog, forge);
  const subject = promise.image && imageOf(promise);
  const image = subject && openImage(promise, ports);
  return {
    effects: [
      ...(image ? [imageTagEffect(subject, image)] : []),
      ...(published ? [published.effect] : []),
      ...(image
        ? promise.movingTags.map(tag => movingTagEffect(tag, subject, image))
        : []),
    ],
    releaseUrl: () => published?.release()?.url,
  };
}

function imageOf({ version, image }: Promised): ImageOfVersion {
  return { version, image: image! };
}

function openImage({ image }: Promised, ports: ReleasePorts): ImageRepository {
  return ports.openImage(image!.repository);
}

/** The commit and tag that the plan decides. */
function toReleaseCommit(
  { plan, planHash, state }: ReleaseExecution,
  date: Date,
): ReleaseCommit {
  const { base, branch } = plan.decides;
  const {
    version,
    tag,
    notes,
    edits,
    author,
    image,
    movingTags,
    forgeRelease,
  } = plan.decides.release!;
  return {
    base,
    branch,
    files: edits.map(edit => ({
      path: edit.path,
      mode: edit.mode,
      text: applySplices(textOf(state, edit.path), edit.splices),
    })),
    message: releaseCommitMessage(version, planHash),
    author,
    tag,
    tagMessage: tagMessage(version, {
      notes,
      planHash,
      ...(image && {
        image: { repository: image.repository, digest: image.digest },
      }),
      movingTags,
      forgeRelease,
    }),
    date,
  };
}

function textOf({ files }: ReleaseState, path: string): string {
  const file = files.find(candidate => candidate.path === path);
  return file?.kind === 'text' ? file.text : '';
}
