import type {
  DeployedVersion,
  DeploymentRequest,
  ImagePin,
} from 'backstage-plugin-dojo-common';
import { baseImages, serviceOf } from './base-objects';
import { baseOf } from './base-of';
import { decidePreparation } from './decide-preparation';
import { deployErrors } from './deploy-errors';
import type { OverlayState, VersionTarget } from './deployment-state';
import { ownImages, versionOf } from './history/landed-version';
import { withoutV } from './history/previous-version';
import { editOverlay } from './overlay/edit-overlay';
import type { OverlayEdit } from './overlay/edit-overlay';
import { isPullable, repositoryOf, toPin } from './overlay/image-pins';
import { newOverlay } from './overlay/new-overlay';
import type { NewIngress } from './overlay/new-overlay';
import { readOverlay } from './overlay/overlay';
import type { Overlay } from './overlay/overlay';
import { overlayErrors } from './overlay/overlay-errors';
import { startOf } from './overlay/yaml-file';
import { restoreEdits } from './restore-overlay';

/** How the overlay changes, and what it says then. */
export interface OverlayDecision {
  /** What is to run. Its images are those that the change is about. Absent: nothing is, it is only prepared. */
  readonly version?: DeployedVersion;
  /** What the overlay says now; absent: there is none. */
  readonly from?: DeployedVersion;
  /** Empty: the overlay is as wished already. */
  readonly edits: readonly OverlayEdit[];
  readonly warnings: readonly string[];
}

/**
 * Decides the edits of the overlay; pure.
 *
 * @throws DojoError where it cannot be edited safely, with file and line, and where the request cannot be met.
 */
export function decideOverlay(
  state: OverlayState,
  request: DeploymentRequest,
): OverlayDecision {
  const { target } = state;
  if (target.kind === 'prepare') return decidePreparation(state, request);
  const base = baseOf(request);
  const read = (files: OverlayState['files']) =>
    readOverlay(state.folder, new Map(Object.entries(files)));
  const { former } = state;
  const overlay = read(former ? former.files : state.files);
  const from = overlay && versionOf(overlay.kustomization, base);
  const version = wishedVersion(state, target, request, overlay, from);
  const { host, storage } = request;
  const warnings: string[] = [];
  const newIngress = (name: string): NewIngress => {
    const objects = state.base ?? [];
    if (!objects.some(({ kind }) => kind === 'Service')) {
      warnings.push(
        `the base has no Service: the ingress of ${name} sends requests to a Service ${request.component}`,
      );
    }
    const { component } = request;
    return {
      name: component,
      host: name,
      ...serviceOf(objects, component, name),
    };
  };
  if (overlay === undefined) {
    const files = newOverlay({
      component: request.component,
      namespace: state.namespace,
      version: { base: request.base, ...version },
      ...(storage && { storage }),
      ...(host !== undefined && { ingress: newIngress(host) }),
    });
    return {
      version,
      edits: [...files].map(([name, text]) => ({
        path: `${state.folder}/${name}`,
        created: true,
        splices: [{ start: 0, end: 0, text }],
      })),
      warnings,
    };
  }
  const edits = editOverlay(overlay, {
    version: { base, ...version },
    ...(storage && { storage }),
    ...(host !== undefined && { host }),
    newIngress,
    isTag: word => isTag(word, state),
  });
  return former
    ? { version, edits: restoreEdits(former, edits), warnings }
    : { version, ...(from && { from }), edits, warnings };
}

/** A tag of the service, or what can be nothing but a version. Everything else is what a person wrote. */
function isTag(word: string, { knownTags, landed }: OverlayState): boolean {
  return (
    /^[vV]?\d+\.\d+\.\d+/.test(word) ||
    knownTags.includes(word) ||
    landed.some(({ change }) => change?.tag === word)
  );
}

function wishedVersion(
  state: OverlayState,
  target: VersionTarget,
  request: DeploymentRequest,
  overlay: Overlay | undefined,
  from: DeployedVersion | undefined,
): DeployedVersion {
  const pins = overlay?.kustomization.images.map(toPin) ?? [];
  if (target.kind !== 'version') {
    if (target.kind === 'rollback' && overlay) {
      ensureNoneIsNew(state, request, overlay, target.version);
    }
    // The overlay may take an image from a registry of its own: what runs is in the digest.
    const images = target.version.images.map(pin => {
      const held = pins.find(({ name }) => name === pin.name);
      if (held === undefined) return pin;
      const { newName: ignored, ...same } = pin;
      return { ...same, ...(held.newName && { newName: held.newName }) };
    });
    return { ...target.version, images };
  }
  const { tag, commit, image } = target;
  if (image !== undefined) {
    return { tag, commit, images: [pinOf(image, pins, state, request)] };
  }
  const images = overlay
    ? followTags(state, request, overlay, from, target)
    : [];
  return { tag, commit, images };
}

/** The entry of the image that was asked for: the overlay's own, or one for the name that the base has for it. */
function pinOf(
  image: {
    readonly repository: string;
    readonly tag: string;
    readonly digest: string;
  },
  pins: readonly ImagePin[],
  { base = [] }: OverlayState,
  { component }: DeploymentRequest,
): ImagePin {
  const { repository, tag: newTag, digest } = image;
  const held = pins.find(
    pin => repositoryOf(pin) === repository || pin.name === repository,
  );
  if (held !== undefined) {
    const { name, newName } = held;
    return { name, ...(newName && { newName }), newTag, digest };
  }
  const names = baseImages(base);
  if (names.includes(repository)) {
    return { name: repository, newTag, digest };
  }
  // The base may call it by a short name, or by that of another registry.
  const last = (name: string) => name.split('/').at(-1);
  const alike = names.filter(
    name =>
      last(name) === last(repository) ||
      last(name) === component ||
      names.length === 1,
  );
  if (alike.length !== 1) throw deployErrors.imageNotInBase(repository, names);
  return {
    name: alike[0],
    ...(isPullable(repository) && { newName: repository }),
    newTag,
    digest,
  };
}

/** Without an image repository: tags of the version before become the new one's; a digest cannot. */
function followTags(
  { landed }: OverlayState,
  request: DeploymentRequest,
  overlay: Overlay,
  from: DeployedVersion | undefined,
  target: { readonly tag: string; readonly commit: string },
): ImagePin[] {
  if (from === undefined || from.commit === target.commit) return [];
  const { component } = request;
  const isOwn = ownImages(landed, component, undefined);
  return overlay.kustomization.images.flatMap(entry => {
    const pin = toPin(entry);
    const follows =
      from.tag !== undefined &&
      pin.newTag !== undefined &&
      withoutV(pin.newTag) === withoutV(from.tag);
    if (pin.digest !== undefined) {
      if (!follows && !isOwn(pin)) return [];
      throw overlayErrors.imageNotNamed(
        overlay.kustomization.file.at(startOf(entry.map)),
        repositoryOf(pin),
        target.tag,
      );
    }
    if (!follows) return [];
    const hasV = pin.newTag !== withoutV(pin.newTag ?? '');
    const newTag = hasV ? target.tag : withoutV(target.tag);
    return [{ ...pin, newTag }];
  });
}

/** An entry that came after the version to go back to would make it run with another image. */
function ensureNoneIsNew(
  { landed }: OverlayState,
  { component, image }: DeploymentRequest,
  { kustomization }: Overlay,
  version: DeployedVersion,
): void {
  const isOwn = ownImages(landed, component, image);
  for (const entry of kustomization.images) {
    const pin = toPin(entry);
    const isThere = version.images.some(({ name }) => name === pin.name);
    if (isOwn(pin) && !isThere) {
      throw deployErrors.imageNotThen(
        kustomization.file.at(startOf(entry.map)),
        repositoryOf(pin),
        version.tag ?? version.commit,
      );
    }
  }
}
