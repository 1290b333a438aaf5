import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ClosedTree } from './closed-tree';
import type { TargetedPatch } from './kustomization';
import type { ProbedPatch } from './probe-tree';

/** Of what no expression is made. */
const literal = /^[A-Za-z0-9/-]*$/;

/**
 * Patches that may have matched nothing, which kustomize does not tell: their target fits no object as it was rendered, or
 * is an expression. To be probed.
 */
export function suspectPatches(
  tree: ClosedTree,
  objects: readonly KubernetesObject[],
): ProbedPatch[] {
  return tree.kustomizations
    .flatMap(kustomization =>
      kustomization.patches
        .filter(patch => !removesObjects(patch, kustomization.folder, tree))
        .filter(({ target }) => !objects.some(one => fits(target, one)))
        .map(patch => ({ kustomization, patch })),
    )
    .map((probe, index) => ({ ...probe, field: `dojoProbe${index}` }));
}

/** The probed patches whose field no object has. */
export function unmatchedPatches(
  probes: readonly ProbedPatch[],
  probed: readonly KubernetesObject[],
): ProbedPatch[] {
  return probes.filter(({ field }) => !probed.some(one => field in one));
}

/** What it matched is gone, so that nothing can tell. */
function removesObjects(
  { patch, path }: TargetedPatch,
  folder: string,
  tree: ClosedTree,
): boolean {
  const file = path === undefined ? '' : tree.files.get(joined(folder, path));
  return `${patch ?? ''}${file ?? ''}`.includes('$patch');
}

function joined(folder: string, path: string): string {
  const clean = path.replace(/^(?:\.\/)+/, '');
  return folder === '' ? clean : `${folder}/${clean}`;
}

/** Whether the target is plain words, and this object's. */
function fits(
  target: TargetedPatch['target'],
  { apiVersion, kind, metadata }: KubernetesObject,
): boolean {
  const slash = apiVersion.indexOf('/');
  const own: Record<string, string | undefined> = {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
  };
  return Object.entries(target).every(
    ([key, wanted]) =>
      wanted === '' ||
      (key in own && isLiteral(key, wanted) && own[key] === wanted),
  );
}

/** A dot in a group is any character to kustomize, which never makes it fit less. */
function isLiteral(key: string, wanted: string): boolean {
  return literal.test(key === 'group' ? wanted.replaceAll('.', '') : wanted);
}
