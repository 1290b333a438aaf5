import { isDojoError, parseBaseAddress } from 'backstage-plugin-dojo-common';
import type { BaseAddress, ImagePin } from 'backstage-plugin-dojo-common';
import { parseVersionTag } from '../../repository/parse-version-tag';
import { withoutV } from '../history/previous-version';
import { toPin } from '../overlay/image-pins';
import {
  findBase,
  isRemote,
  readKustomization,
} from '../overlay/kustomization';
import type { Kustomization } from '../overlay/kustomization';
import { findPreparedMarks } from '../overlay/prepared-marks';
import { readYamlFile } from '../overlay/yaml-file';
import type { LandingComponent } from './landings';

/** What a kustomization file pins. */
export type OverlayVersion =
  | {
      readonly kind: 'version';
      /** Commit of the base. */
      readonly base: string;
      /** As its comment names it. */
      readonly tag?: string;
      readonly digest?: string;
    }
  | { readonly kind: 'prepared' }
  /** `found`: what it uses in the base's place. */
  | { readonly kind: 'other'; readonly found: readonly string[] };

const commitPattern = /^[0-9a-f]{40}$/;

/** The version in a kustomization that can be read. @throws DojoError DEPLOY_BASE_TWICE, DEPLOY_OVERLAY_UNREADABLE. */
export function overlayVersion(
  kustomization: Kustomization,
  component: LandingComponent,
): OverlayVersion {
  for (const base of basesOf(kustomization, component)) {
    const entry = findBase(kustomization, base);
    if (entry === undefined || !commitPattern.test(entry.commit)) continue;
    const tag = entry.comment?.word;
    const pins = kustomization.images.map(toPin);
    const digest = ownDigest(pins, component);
    return {
      kind: 'version',
      base: entry.commit,
      ...(tag && { tag }),
      ...(digest !== undefined && { digest }),
    };
  }
  if (findPreparedMarks(kustomization.file.text)) return { kind: 'prepared' };
  return { kind: 'other', found: kustomization.resources.filter(isRemote) };
}

/** The same of the text of any time; undefined: it cannot be read, or uses no base of the component. */
export function versionInText(
  text: string,
  component: LandingComponent,
): OverlayVersion | undefined {
  try {
    const kustomization = readKustomization(readYamlFile('history', text));
    const version = overlayVersion(kustomization, component);
    return version.kind === 'other' ? undefined : version;
  } catch (error) {
    if (isDojoError(error) || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The version of a tag: without what stands before it. */
export function versionOfTag(
  tag: string,
  { tagPrefix }: LandingComponent,
): string {
  const parsed =
    (tagPrefix === undefined ? undefined : parseVersionTag(tag, tagPrefix)) ??
    parseVersionTag(tag);
  return parsed?.version ?? withoutV(tag);
}

/** The addresses by which an overlay may name the base of a component. */
function basesOf(
  { resources }: Kustomization,
  { repository, basePath }: LandingComponent,
): BaseAddress[] {
  if (basePath !== undefined) return [{ repository, path: basePath }];
  return resources.flatMap(resource => {
    const parsed = parseBaseAddress(resource.split('?', 1)[0]);
    return typeof parsed !== 'string' &&
      plain(parsed.repository) === plain(repository)
      ? [parsed]
      : [];
  });
}

function plain(repository: string): string {
  return repository.replace(/\/$/, '').replace(/\.git$/, '');
}

/** Of the image that belongs to the component: the one that it names, else the one that is called like it. */
function ownDigest(
  pins: readonly ImagePin[],
  { name, image }: LandingComponent,
): string | undefined {
  const isOwn = (pin: ImagePin) => {
    const repository = pin.newName ?? pin.name;
    return image === undefined
      ? repository.split('/').at(-1) === name || pin.name === name
      : repository === image || pin.name === image;
  };
  const own = pins.find(isOwn) ?? (pins.length === 1 ? pins[0] : undefined);
  return own?.digest;
}
