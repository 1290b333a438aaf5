import type { ChangedFile } from './ports';

/** The overlay that a file belongs to. */
export interface OverlayPlace {
  readonly component: string;
  readonly environment: string;
  /** `ledger/dev` */
  readonly folder: string;
  /** In that folder. */
  readonly name: string;
}

const overlayFile = /^([^/]+)\/([^/]+)\/(.+)$/;
const kustomizationName = /^(?:kustomization\.ya?ml|Kustomization)$/;

/** @returns undefined for a file of no overlay. */
export function placeOf(path: string): OverlayPlace | undefined {
  const match = overlayFile.exec(path);
  if (match === null) return undefined;
  const [, component, environment, name] = match;
  return {
    component,
    environment,
    folder: `${component}/${environment}`,
    name,
  };
}

/** Whether it is the file that kustomize reads first. */
export function isKustomization(name: string): boolean {
  return kustomizationName.test(name);
}

/** What a commit did to one overlay. */
export interface OverlayChange extends Omit<OverlayPlace, 'name'> {
  /** New content of its kustomization; absent: it stayed as it was, or went. */
  readonly kustomization?: string;
  /** The kustomization went, and nothing came in its place. */
  readonly isRemoved: boolean;
}

/** The overlays of these components that a commit changed. */
export function overlayChanges(
  files: readonly ChangedFile[],
  isComponent: (name: string) => boolean,
): OverlayChange[] {
  const changes = new Map<
    string,
    Omit<OverlayPlace, 'name'> & { kustomization?: string; isGone: boolean }
  >();
  for (const { path, oid } of files) {
    const place = placeOf(path);
    if (place === undefined || !isComponent(place.component)) continue;
    const { name, ...at } = place;
    const change = changes.get(place.folder) ?? { ...at, isGone: false };
    changes.set(place.folder, change);
    if (!isKustomization(name)) continue;
    if (oid === undefined) change.isGone = true;
    else change.kustomization = oid;
  }
  return [...changes.values()].map(({ isGone, ...change }) => ({
    ...change,
    isRemoved: isGone && change.kustomization === undefined,
  }));
}
