import { printKustomization } from './print-kustomization';
import type { ClosedTree, PlacedKustomization } from './closed-tree';
import type { TargetedPatch } from './kustomization';
import type { YamlEntry, YamlMap, YamlValue } from '../yaml/yaml-value';

/** A patch of one kustomization, and the field that tells what it matched. */
export interface ProbedPatch {
  readonly kustomization: PlacedKustomization;
  readonly patch: TargetedPatch;
  /** Added at the root of each object that the target matches. */
  readonly field: string;
}

/**
 * The tree with nothing changed in the images, and with a field added to all that a patch matches: rendered, it tells what
 * the patterns of kustomize hit, which are Go's expressions and are not run here.
 *
 * @returns the files; what is not different is as it was.
 */
export function probeTree(
  tree: ClosedTree,
  probes: readonly ProbedPatch[],
): ReadonlyMap<string, string> {
  const files = new Map(tree.files);
  for (const kustomization of tree.kustomizations) {
    const own = probes.filter(probe => probe.kustomization === kustomization);
    const { value, replaced, file, images } = kustomization;
    if (own.length === 0 && images.length === 0) continue;
    files.set(file, printKustomization(probed(value, own), replaced));
  }
  return files;
}

function probed(value: YamlMap, probes: readonly ProbedPatch[]): YamlMap {
  const entries = new Map(value.entries);
  entries.delete('images');
  const patches = entries.get('patches');
  if (patches !== undefined && patches.value.kind === 'list') {
    const items = patches.value.items.flatMap((item, index) => [
      ...probes
        .filter(({ patch }) => patch.index === index)
        .map(({ field }) => probePatch(item, field)),
      item,
    ]);
    entries.set('patches', entry({ ...patches.value, items }));
  }
  return { ...value, entries };
}

function probePatch(item: YamlValue, field: string): YamlValue {
  const target = item.kind === 'map' ? item.entries.get('target') : undefined;
  const patch = text(`[{"op": "add", "path": "/${field}", "value": true}]`);
  return {
    kind: 'map',
    at: -1,
    entries: new Map([
      ...(target === undefined ? [] : [['target', target] as const]),
      ['patch', entry(patch)],
    ]),
  };
}

function text(value: string): YamlValue {
  return { kind: 'scalar', value, at: -1 };
}

function entry(value: YamlValue): YamlEntry {
  return { value, at: -1 };
}
