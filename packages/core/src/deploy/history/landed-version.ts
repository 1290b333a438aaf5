import { isDojoError, parseBaseAddress } from 'backstage-plugin-dojo-common';
import type {
  BaseAddress,
  DeployedVersion,
  ImagePin,
} from 'backstage-plugin-dojo-common';
import { parseDeploymentMessage } from '../deployment-message';
import type { LandedChange } from '../deployment-message';
import { repositoryOf, toPin } from '../overlay/image-pins';
import { findBase, readKustomization } from '../overlay/kustomization';
import type { Kustomization } from '../overlay/kustomization';
import { readYamlFile } from '../overlay/yaml-file';
import type { InfraCommit } from '../ports';

/** What an overlay said of its version after one commit. */
export interface LandedVersion {
  readonly infraCommit: string;
  readonly version: DeployedVersion;
  /** What the commit's message says, where a run of ours made it. */
  readonly change?: LandedChange;
}

/** One commit by a run that prepared an overlay. */
export interface Preparation {
  readonly infraCommit: string;
  readonly change: LandedChange;
}

/** The commits by which runs prepared an overlay, newest first, as far as its branch once held them. */
export function preparationsIn(commits: readonly InfraCommit[]): Preparation[] {
  return commits.flatMap(({ commit, message, isLanding }) => {
    const change = isLanding ? parseDeploymentMessage(message) : undefined;
    return change !== undefined && change.commit === undefined
      ? [{ infraCommit: commit, change }]
      : [];
  });
}

/**
 * The version that a kustomization file pins; its tag is the first word of the comment.
 *
 * @returns undefined where it does not use the base at a commit.
 */
export function versionOf(
  kustomization: Kustomization,
  base: BaseAddress,
): DeployedVersion | undefined {
  const entry = findBase(kustomization, base);
  if (entry === undefined || entry.commit === '') return undefined;
  const tag = entry.comment?.word;
  return {
    ...(tag && { tag }),
    commit: entry.commit,
    images: kustomization.images.map(toPin),
  };
}

/**
 * The versions that an overlay had, newest first: one for each commit that its branch once held. A file that cannot be
 * read, or that did not use the base, is left out.
 *
 * @param texts - of the kustomization file at each commit; undefined: it was not there.
 */
export function landedVersions(
  commits: readonly InfraCommit[],
  texts: readonly (string | undefined)[],
  base: BaseAddress,
): LandedVersion[] {
  return commits.flatMap(({ commit, isLanding }, at) => {
    const text = texts[at];
    if (!isLanding || text === undefined) return [];
    const found = versionIn(text, base);
    if (found === undefined) return [];
    const change = changeOf(commits, at, found.commit);
    const tag = change?.tag ?? found.tag;
    return [
      {
        infraCommit: commit,
        version: { ...found, ...(tag !== undefined && { tag }) },
        ...(change && { change }),
      },
    ];
  });
}

/**
 * What a landing's own message says, or, of a merge, that of the commit which it brought in. A commit that a person made
 * over ours may carry its message along: one about another commit of the base says nothing.
 */
function changeOf(
  commits: readonly InfraCommit[],
  at: number,
  pinned: string,
): LandedChange | undefined {
  const read = ({ message }: InfraCommit) => {
    const change = parseDeploymentMessage(message);
    return change?.commit === pinned ? change : undefined;
  };
  const own = read(commits[at]);
  if (own !== undefined) return own;
  for (const other of commits.slice(at + 1)) {
    if (other.isLanding) return undefined;
    const brought = read(other);
    if (brought !== undefined) return brought;
  }
  return undefined;
}

/** The version in the text of a kustomization file of any time. @returns undefined also where it cannot be read. */
export function versionIn(
  text: string,
  base: BaseAddress,
): DeployedVersion | undefined {
  try {
    return versionOf(readKustomization(readYamlFile('history', text)), base);
  } catch (error) {
    if (isDojoError(error)) return undefined;
    throw error;
  }
}

/** Whether two versions run the same: one commit of the base, and one digest or tag of each image. */
export function isSameVersion(a: DeployedVersion, b: DeployedVersion): boolean {
  return a.commit === b.commit && imagesOf(a) === imagesOf(b);
}

function imagesOf({ images }: DeployedVersion): string {
  return images
    .map(({ name, newName, newTag, digest }) =>
      [name, newName, digest ?? newTag].join(' '),
    )
    .sort()
    .join('\n');
}

/**
 * Which images belong to the version, and not to somebody who pinned a helper beside it: those that runs of ours set, and
 * the one that is asked for; where neither is known, those that are called like the component.
 */
export function ownImages(
  landed: readonly LandedVersion[],
  component: string,
  image: string | undefined,
): (pin: ImagePin) => boolean {
  const own = new Set(
    landed.flatMap(
      ({ change }) => change?.images.map(({ name }) => name) ?? [],
    ),
  );
  if (image !== undefined) own.add(image);
  return pin => {
    const repository = repositoryOf(pin);
    return own.size > 0
      ? own.has(repository) || own.has(pin.name)
      : repository.split('/').at(-1) === component;
  };
}

/** The version without the images of others. */
export function withOwnImages(
  version: DeployedVersion,
  isOwn: (pin: ImagePin) => boolean,
): DeployedVersion {
  return { ...version, images: version.images.filter(isOwn) };
}

/** Whether a base is named by another spelling of its address. */
export function isSameBase(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

function normal(text: string): string {
  const parsed = parseBaseAddress(text);
  return typeof parsed === 'string'
    ? text
    : `${parsed.repository.replace(/\/$/, '').replace(/\.git$/, '')}//${
        parsed.path
      }`;
}
