import { isDojoError } from 'backstage-plugin-dojo-common';
import { overlayErrors } from '../overlay/overlay-errors';
import {
  isRemote,
  kustomizationNames,
  readKustomization,
} from '../overlay/kustomization';
import { readYamlFile } from '../overlay/yaml-file';
import { readYaml } from '../yaml/read-yaml';
import type { LandingComponent } from './landings';
import { overlayVersion } from './read-overlay-version';
import type { OverlayVersion } from './read-overlay-version';

/** Bytes of a file of an overlay; a larger one nobody writes, and reading it takes its time. */
export const maxFileBytes = 64 * 1024;
/** Files of one overlay that are read. */
const maxFiles = 100;
const limits = { maxValues: 5_000, maxDepth: 30 };

/** What an overlay says at the head. */
export type ReadWanted =
  | Exclude<OverlayVersion, { kind: 'other' }>
  | {
      readonly kind: 'unreadable';
      readonly path: string;
      readonly line?: number;
      readonly sentence: string;
    };

/**
 * Reads an overlay as it stands, and why it cannot be read: every file that its kustomization names has to be YAML.
 *
 * @param files texts by their names in the folder; undefined: too large, or no UTF-8 text.
 */
export function readWanted(
  folder: string,
  files: ReadonlyMap<string, string | undefined>,
  component: LandingComponent,
): ReadWanted {
  const unreadable = (path: string, sentence: string, line?: number) => ({
    kind: 'unreadable' as const,
    path,
    sentence,
    ...(line !== undefined && { line }),
  });
  const [name, second] = kustomizationNames.filter(each => files.has(each));
  if (name === undefined) {
    const { message } = overlayErrors.noKustomization(folder, [
      ...files.keys(),
    ]);
    return unreadable(folder, message);
  }
  if (second !== undefined) {
    const names = [name, second];
    const { message } = overlayErrors.twoKustomizations(folder, names);
    return unreadable(folder, message);
  }
  const path = `${folder}/${name}`;
  const problem = problemIn(files.get(name));
  if (problem) return unreadable(path, problem.sentence, problem.line);
  try {
    const file = readYamlFile(path, files.get(name)!);
    const kustomization = readKustomization(file);
    for (const resource of kustomization.resources.slice(0, maxFiles)) {
      const local = resource.replace(/^\.\//, '');
      if (isRemote(resource) || !files.has(local)) continue;
      const found = problemIn(files.get(local));
      if (found) {
        return unreadable(`${folder}/${local}`, found.sentence, found.line);
      }
    }
    const version = overlayVersion(kustomization, component);
    if (version.kind !== 'other') return version;
    const { repository } = component;
    const found = version.found.slice(0, 3).join(', ');
    return unreadable(
      path,
      found === ''
        ? `it uses no base of ${repository}`
        : `it uses ${found}, and no commit of ${repository}`,
    );
  } catch (error) {
    if (!isDojoError(error)) throw error;
    const [, at, why = error.message] =
      /:(\d+)(?: cannot be read)?: (.*)$/.exec(error.message) ?? [];
    return unreadable(path, why, at === undefined ? undefined : Number(at));
  }
}

function problemIn(
  text: string | undefined,
): { readonly sentence: string; readonly line?: number } | undefined {
  if (text === undefined || text.length > maxFileBytes) {
    return {
      sentence: `it has more than ${maxFileBytes} bytes, or is no UTF-8 text`,
    };
  }
  const read = readYaml(text, limits);
  if (read.kind === 'documents') return undefined;
  const { why, line } = read;
  return {
    sentence: /^Tabs are not allowed as indentation/i.test(why)
      ? 'tab in indentation'
      : why.charAt(0).toLowerCase() + why.slice(1),
    ...(line !== undefined && { line }),
  };
}
