import {
  readKustomization,
  isRemote,
  kustomizationNames,
} from './kustomization';
import type { Kustomization } from './kustomization';
import { overlayErrors } from './overlay-errors';
import { findPreparedMarks } from './prepared-marks';
import type { PreparedMarks } from './prepared-marks';
import { readYamlFile } from './yaml-file';
import type { YamlFile } from './yaml-file';

/** An overlay as it stands in the infra repository. */
export interface Overlay {
  readonly folder: string;
  readonly kustomization: Kustomization;
  /** The files of the folder that `resources` names, in its order. */
  readonly resources: readonly YamlFile[];
  /** Texts of all its files by their paths in the repository. */
  readonly files: ReadonlyMap<string, string>;
  /** Of an overlay that was prepared for its first version; absent: it was not, or has had one since. */
  readonly marks?: PreparedMarks;
}

/**
 * Reads an overlay from the texts of its folder's files, by their paths in the repository.
 *
 * @returns undefined where the folder is empty: there is no overlay yet.
 * @throws DojoError DEPLOY_KUSTOMIZATION_TWICE, DEPLOY_KUSTOMIZATION_MISSING, DEPLOY_OVERLAY_UNREADABLE
 */
export function readOverlay(
  folder: string,
  files: ReadonlyMap<string, string>,
): Overlay | undefined {
  if (files.size === 0) return undefined;
  const names = kustomizationNames.filter(name =>
    files.has(`${folder}/${name}`),
  );
  if (names.length > 1) throw overlayErrors.twoKustomizations(folder, names);
  const [name] = names;
  if (name === undefined) {
    throw overlayErrors.noKustomization(folder, [...files.keys()]);
  }
  const path = `${folder}/${name}`;
  const kustomization = readKustomization(
    readYamlFile(path, files.get(path) ?? ''),
  );
  const resources = kustomization.resources.flatMap(resource => {
    if (isRemote(resource)) return [];
    const file = `${folder}/${resource.replace(/^\.\//, '')}`;
    const text = files.get(file);
    return text === undefined ? [] : [readYamlFile(file, text)];
  });
  const marks = findPreparedMarks(kustomization.file.text);
  return { folder, kustomization, resources, files, ...(marks && { marks }) };
}
