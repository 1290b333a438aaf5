import type { DeploymentFinding } from 'backstage-plugin-dojo-common';
import { collectTree } from './kustomization/collect-tree';
import type { ClosedTree } from './kustomization/closed-tree';
import type { CollectTreeOptions } from './kustomization/collect-tree';
import {
  foreignHit,
  mayHitOthers,
  unusedEntries,
} from './kustomization/image-hits';
import type {
  ImageEntry,
  Kustomization,
  Place,
} from './kustomization/kustomization';
import { probeTree } from './kustomization/probe-tree';
import type { ProbedPatch } from './kustomization/probe-tree';
import {
  suspectPatches,
  unmatchedPatches,
} from './kustomization/unmatched-patches';
import type { KubernetesObject } from '../cluster/kubernetes-object';
import { parseRendered } from './objects/parse-rendered';
import type { Kustomize } from './ports';
import { renderErrors } from './render-errors';
import { toPrintable } from '../text/to-printable';

/** Options of {@link renderOverlay}. */
export interface RenderOptions extends CollectTreeOptions {
  readonly kustomize: Kustomize;
  /** Called where kustomize runs for it, for what can be done meanwhile. */
  readonly onRunning?: () => void;
}

/** An overlay as kustomize renders it. */
export interface Rendered {
  readonly objects: readonly KubernetesObject[];
  /** What can be told of the render alone: patches and images that match nothing. Part of what `lintObjects` finds. */
  readonly findings: readonly DeploymentFinding[];
  /** The bytes that kustomize printed. */
  readonly yaml: string;
  /** `namespace` of the overlay's kustomization. */
  readonly namespace?: string;
  /** What it was rendered from: findings have places by it. */
  readonly tree: ClosedTree;
}

/**
 * Renders an overlay: collects all that it names, with the limits of the walk, and has kustomize run over that alone. It
 * runs a second time only where a pattern may have hit something else, or nothing.
 *
 * @throws DojoError of the walk (KUSTOMIZATION_…, BASE_…), of kustomize (KUSTOMIZE_…), RENDER_INVALID, and
 * IMAGE_PATTERN_HIT where an entry of `images` changed an image of another name.
 */
export async function renderOverlay(
  { kustomize, onRunning, ...collected }: RenderOptions,
  signal: AbortSignal,
): Promise<Rendered> {
  const tree = await collectTree(collected, signal);
  const yaml = await kustomize.build(
    tree.files,
    tree.folder,
    signal,
    onRunning,
  );
  const objects = parseRendered(yaml);
  const suspects = suspectPatches(tree, objects);
  const isImageSuspect = mayHitOthers(tree);
  let unmatched: readonly ProbedPatch[] = [];
  if (suspects.length > 0 || isImageSuspect) {
    const files = probeTree(tree, suspects);
    const probed = parseRendered(
      await kustomize.build(files, tree.folder, signal),
    );
    unmatched = unmatchedPatches(suspects, probed);
    if (isImageSuspect) ensureOwnImages(tree, probed, objects);
  }
  const namespace = tree.kustomizations.find(
    one => one.folder === tree.folder,
  )?.namespace;
  return {
    objects,
    findings: [
      ...tree.kustomizations.flatMap(({ repeated }) =>
        repeated.map(repeatedFinding),
      ),
      ...unmatched.map(patchFinding),
      ...unusedEntries(tree, objects).map(imageFinding),
    ],
    yaml,
    ...(namespace !== undefined && { namespace }),
    tree,
  };
}

function ensureOwnImages(
  tree: ClosedTree,
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): void {
  const hit = foreignHit(tree, before, after);
  if (hit === undefined) return;
  const { entry, image, object } = hit;
  throw renderErrors.imagePatternHit(entry.place, entry.name, image, object);
}

function patchFinding({ patch }: ProbedPatch): DeploymentFinding {
  const target = Object.entries(patch.target)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  return {
    code: 'PATCH_UNMATCHED',
    severity: 'warning',
    ...toFilePlace(patch.place),
    message: `the patch for ${
      target || 'everything'
    } matches no object, and kustomize leaves it out without a word`,
    hint: 'Correct the target, or remove the patch.',
  };
}

function imageFinding({ name, place }: ImageEntry): DeploymentFinding {
  return {
    code: 'IMAGE_UNMATCHED',
    severity: 'warning',
    ...toFilePlace(place),
    message: `the images entry ${name} matches no container`,
    hint: 'Write the name as the container has it, without tag and digest, or remove the entry.',
  };
}

function repeatedFinding({
  name,
  place,
}: Kustomization['repeated'][number]): DeploymentFinding {
  return {
    code: 'KEY_REPEATED',
    severity: 'warning',
    ...toFilePlace(place),
    message: `"${toPrintable(
      name,
    )}" stands twice, and kustomize leaves out all but the last without a word`,
    hint: 'Put both into one.',
  };
}

function toFilePlace(place: Place): { file: string; line?: number } {
  const match = /^(.*):(\d+)$/.exec(place);
  return match === null
    ? { file: place }
    : { file: match[1], line: Number(match[2]) };
}
