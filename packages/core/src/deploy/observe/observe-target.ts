import type {
  BaseAddress,
  DeployedVersion,
  DeploymentRequest,
} from 'backstage-plugin-dojo-common';
import { ensureReleasedBy } from '../awaited/ensure-released-by';
import { deployErrors } from '../deploy-errors';
import type { VersionTarget } from '../deployment-state';
import {
  isSameBase,
  ownImages,
  versionOf,
  withOwnImages,
} from '../history/landed-version';
import type { LandedVersion } from '../history/landed-version';
import { ensureImageStands, ensureTagStands } from '../history/moved-tags';
import {
  landingOf,
  previousVersion,
  withoutV,
} from '../history/previous-version';
import { overlayFolder } from '../overlay-place';
import { repositoryOf } from '../overlay/image-pins';
import { readOverlay } from '../overlay/overlay';
import { parseDeploymentMessage } from '../deployment-message';
import type {
  BaseRepository,
  DeployPorts,
  FileSource,
  InfraRepository,
} from '../ports';
import { ensureImageThere, observeImage } from './observe-image';
import { observeLanded, observeTagPins } from './observe-history';
import { observeFitVersions } from './observe-notes';
import { readOverlayFiles } from './read-overlay-files';

/** A tag of the service, and where it leads. */
export interface NamedVersion {
  readonly tag: string;
  readonly commit: string;
}

/** What {@link observeTarget} reads from. */
export interface TargetSources {
  readonly infra: InfraRepository;
  readonly base: BaseRepository;
  readonly address: BaseAddress;
  readonly openImage: DeployPorts['openImage'];
  /** The version that the request names, where it names one; undefined: there is none of that name. */
  readonly asked: Promise<NamedVersion | undefined>;
  /** Commit of the infra repository's branch; absent: it has none. */
  readonly head?: string;
  readonly source: FileSource;
  /** Versions that landed in the environment, newest first. */
  readonly landed: readonly LandedVersion[];
  /** Called with what a reader should know of how it was found. */
  readonly onWarning: (text: string) => void;
}

/**
 * Reads what the request asks to run: a tag and its image, what another environment has, or what ran here.
 *
 * @throws DojoError DEPLOY_VERSION_UNKNOWN, DEPLOY_TAG_MOVED, DEPLOY_IMAGE_MISSING, DEPLOY_IMAGE_MOVED, DEPLOY_IMAGE_GONE,
 * DEPLOY_NOTHING_RUNS, DEPLOY_VERSION_NEVER_RAN, DEPLOY_NO_PREVIOUS, and what the ports throw.
 */
export async function observeTarget(
  request: DeploymentRequest,
  sources: TargetSources,
  signal: AbortSignal,
): Promise<VersionTarget> {
  if (request.version !== undefined) {
    return observeVersion(request, request.version, sources, signal);
  }
  const target =
    request.promoteFrom === undefined
      ? await observeRollback(
          request,
          request.rollbackTo ?? '',
          sources,
          signal,
        )
      : await observePromotion(request, request.promoteFrom, sources, signal);
  if (request.image !== undefined) {
    const image = sources.openImage(request.image);
    for (const pin of target.version.images) {
      const isAsked = [request.image, image.name].includes(repositoryOf(pin));
      if (isAsked && pin.digest !== undefined) {
        await ensureImageThere(image, pin.digest, signal);
      }
    }
  }
  return target;
}

async function observeVersion(
  request: DeploymentRequest,
  version: string,
  { infra, base, address, openImage, asked, head }: TargetSources,
  signal: AbortSignal,
): Promise<VersionTarget> {
  const found = await asked;
  if (found === undefined) {
    throw deployErrors.versionUnknown(base.display, version);
  }
  const { tag, commit } = found;
  if (request.afterRelease !== undefined) {
    await ensureReleasedBy(base, found, request.afterRelease, signal);
  }
  const pins =
    head === undefined
      ? undefined
      : await observeTagPins(
          infra,
          {
            head,
            component: request.component,
            base: address,
            isSameBase: other => isSameBase(other, request.base),
          },
          signal,
        );
  if (pins) ensureTagStands(tag, commit, pins.recorded, pins.commented);
  if (request.image === undefined) return { kind: 'version', tag, commit };
  const image = await observeImage(openImage(request.image), tag, signal);
  ensureImageStands(
    { repository: request.image, ...image },
    { base: request.base, commit },
    (pins?.commits ?? []).flatMap(
      ({ message }) => parseDeploymentMessage(message) ?? [],
    ),
  );
  return {
    kind: 'version',
    tag,
    commit,
    image: { repository: request.image, ...image },
  };
}

/** The tag as it is written, or with or without the `v` before its number. */
export async function resolveVersion(
  base: BaseRepository,
  version: string,
  signal: AbortSignal,
): Promise<NamedVersion | undefined> {
  const bare = withoutV(version);
  const tags = [version, bare === version ? `v${bare}` : bare];
  // Asked at one moment they are one request.
  const commits = await Promise.all(
    tags.map(tag => base.resolveTag(tag, signal)),
  );
  const found = commits.findIndex(commit => commit !== undefined);
  return found === -1
    ? undefined
    : { tag: tags[found], commit: commits[found]! };
}

async function observePromotion(
  request: DeploymentRequest,
  from: string,
  sources: TargetSources,
  signal: AbortSignal,
): Promise<Exclude<VersionTarget, { kind: 'version' }>> {
  const { component, environment } = request;
  const version = await observeVersionIn(request, from, sources, signal);
  if (version === undefined) {
    const folder = overlayFolder({ component, environment: from });
    const files = await sources.source.listFiles(folder, signal);
    throw deployErrors.nothingRuns(
      component,
      from,
      `so there is nothing to promote to ${environment}`,
      files.length > 0,
    );
  }
  return { kind: 'promotion', version, from };
}

/** What another environment has, with the images that belong to it; undefined: the component has no overlay there. */
export async function observeVersionIn(
  { component, image }: Pick<DeploymentRequest, 'component' | 'image'>,
  environment: string,
  {
    infra,
    address,
    head,
    source,
  }: Pick<TargetSources, 'infra' | 'address' | 'head' | 'source'>,
  signal: AbortSignal,
): Promise<DeployedVersion | undefined> {
  const folder = overlayFolder({ component, environment });
  const files = await readOverlayFiles(source, folder, signal);
  const overlay = readOverlay(folder, new Map(Object.entries(files)));
  const version = overlay && versionOf(overlay.kustomization, address);
  if (version === undefined || head === undefined) return undefined;
  const landed = await observeLanded(infra, { head, folder }, address, signal);
  return withOwnImages(
    withTag(version, landed),
    ownImages(landed, component, image),
  );
}

/** The tag that a run of ours recorded, where no comment names one. */
function withTag(
  version: DeployedVersion,
  [newest]: readonly LandedVersion[],
): DeployedVersion {
  const tag = version.tag ?? newest?.version.tag;
  return newest?.version.commit === version.commit && tag !== undefined
    ? { ...version, tag }
    : version;
}

async function observeRollback(
  { component, environment, image }: DeploymentRequest,
  to: string,
  { landed, infra, base, onWarning }: TargetSources,
  signal: AbortSignal,
): Promise<Exclude<VersionTarget, { kind: 'version' }>> {
  const isOwn = ownImages(landed, component, image);
  const own = landed.map(each => ({
    ...each,
    version: withOwnImages(each.version, isOwn),
  }));
  const [present] = own;
  if (present === undefined) {
    throw deployErrors.nothingRuns(
      component,
      environment,
      'so there is nothing to roll back',
      true,
    );
  }
  const previous = async () => {
    const folder = overlayFolder({ component, environment });
    const fit = await observeFitVersions({ infra, base }, own, folder, signal);
    fit.warnings.forEach(onWarning);
    return previousVersion(own, present.version, fit.isFit);
  };
  const found = to === 'previous' ? await previous() : landingOf(own, to);
  if (found === undefined) {
    const known = own.flatMap(({ version }) => version.tag ?? []);
    throw to === 'previous'
      ? deployErrors.noPrevious(
          component,
          environment,
          present.version.tag ?? present.version.commit,
        )
      : deployErrors.versionNeverRan(component, environment, to, [
          ...new Set(known),
        ]);
  }
  return { kind: 'rollback', version: found.version, from: found.infraCommit };
}
