import type { DeploymentRequest, Splice } from 'backstage-plugin-dojo-common';
import { isMap, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { overlayErrors } from './overlay-errors';
import { parseQuantity } from '../lint/quantity';
import { setText } from './yaml-edits';
import { mapAt, pairOf, startOf, textOf } from './yaml-file';
import type { YamlFile } from './yaml-file';

/** The claim that every service keeps its database on. */
export const claimName = 'dojo-data';

/** The storage that a request asks for. */
export type WishedStorage = NonNullable<DeploymentRequest['storage']>;

/** The object of a kind in one of the files, and of a name where one is given; the first, where there are several. */
export function findObject(
  files: readonly YamlFile[],
  kind: string,
  name?: string,
): { readonly file: YamlFile; readonly map: YAMLMap } | undefined {
  for (const file of files) {
    for (const { contents } of file.documents) {
      if (!isMap(contents)) continue;
      if (textOf(pairOf(file, contents, 'kind')?.value) !== kind) continue;
      const metadata = mapAt(file, contents, ['metadata']);
      const found = metadata && textOf(pairOf(file, metadata, 'name')?.value);
      if (name === undefined || found === name) return { file, map: contents };
    }
  }
  return undefined;
}

/**
 * The splices that give the claim its storage: none where it has as much, in whatever spelling.
 *
 * @throws DojoError DEPLOY_CLAIM_SHRINKS, DEPLOY_CLAIM_FIXED, DEPLOY_OVERLAY_NOT_EDITABLE, with file and line.
 */
export function editClaim(
  { file, map }: { readonly file: YamlFile; readonly map: YAMLMap },
  { size, class: storageClass, accessModes }: WishedStorage,
): Splice[] {
  const spec = mapAt(file, map, ['spec']);
  const requests = spec && mapAt(file, spec, ['resources', 'requests']);
  const storage = requests && pairOf(file, requests, 'storage');
  if (spec === undefined || storage === undefined) {
    throw overlayErrors.unreadable(
      file.at(startOf(map)),
      `claim ${claimName} requests no storage`,
    );
  }
  const at = file.at(startOf(storage.key));
  const written = textOf(storage.value) ?? '';
  const held = parseQuantity(written);
  const wished = parseQuantity(size);
  if (held === undefined || wished === undefined) {
    throw overlayErrors.unreadable(at, `${written} is no size`);
  }
  if (wished < held) throw overlayErrors.claimShrinks(at, written, size);
  if (storageClass !== undefined) {
    const heldClass =
      textOf(pairOf(file, spec, 'storageClassName')?.value) ?? 'the default';
    if (heldClass !== storageClass) {
      throw overlayErrors.claimFixed(
        at,
        'storage class',
        heldClass,
        storageClass,
      );
    }
  }
  if (accessModes !== undefined) {
    const modes = pairOf(file, spec, 'accessModes')?.value;
    const heldModes = isSeq(modes) ? modes.items.map(textOf) : [];
    if ([...heldModes].sort().join() !== [...accessModes].sort().join()) {
      throw overlayErrors.claimFixed(
        at,
        'access mode',
        heldModes.join(', '),
        accessModes.join(', '),
      );
    }
  }
  return wished === held
    ? []
    : setText(file, storage.value, size, "the claim's storage");
}
