import type { Splice } from 'backstage-plugin-dojo-common';
import { claimName, editClaim, findObject } from './edit-claim';
import type { WishedStorage } from './edit-claim';
import { editIngress } from './edit-ingress';
import { editKustomization, inOrder } from './edit-kustomization';
import type { WishedVersion } from './edit-kustomization';
import { claimText, ingressText, overlayFiles } from './new-overlay';
import type { NewIngress } from './new-overlay';
import type { Overlay } from './overlay';
import { overlayErrors } from './overlay-errors';
import { setPreparedHost } from './prepared-marks';
import type { PreparedMarks } from './prepared-marks';
import { addToList } from './yaml-edits';

/** One file's change. Its splices are in order and do not overlap. */
export interface OverlayEdit {
  /** In the infra repository. */
  readonly path: string;
  readonly created: boolean;
  readonly splices: readonly Splice[];
}

/** What is asked of storage and host; what is left out stays as it is. */
export interface WishedParts {
  readonly storage?: WishedStorage;
  readonly host?: string;
}

/** What an overlay is to be; what is left out stays as it is. */
export interface WishedOverlay extends WishedParts {
  readonly version: Omit<WishedVersion, 'resources' | 'marks'>;
  /** For an overlay that has no ingress yet; called only then. */
  readonly newIngress: (host: string) => NewIngress;
  /** Whether the first word of a comment is a tag; others are a person's. */
  readonly isTag: (word: string) => boolean;
}

/** Edits by their files. Claim and ingress may stand in one. */
class FileEdits {
  readonly #edits = new Map<string, OverlayEdit>();

  add(path: string, splices: readonly Splice[], created = false): void {
    if (splices.length === 0) return;
    const earlier = this.#edits.get(path)?.splices ?? [];
    this.#edits.set(path, {
      path,
      created,
      splices: inOrder([...earlier, ...splices]),
    });
  }

  create(path: string, text: string): void {
    this.add(path, [{ start: 0, end: 0, text }], true);
  }

  list(): OverlayEdit[] {
    return [...this.#edits.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/**
 * The edits that make an overlay what is wished and leave every other byte; none where it is that already. One that was only
 * prepared becomes one that runs, with the host that it remembers.
 *
 * @throws DojoError of a code of {@link overlayErrors}, with file and line.
 */
export function editOverlay(
  overlay: Overlay,
  wish: WishedOverlay,
): OverlayEdit[] {
  const { folder, kustomization, resources, files, marks } = overlay;
  const edits = new FileEdits();
  const added: string[] = [];
  if (wish.storage !== undefined) {
    added.push(...editStorage(overlay, wish.storage, edits));
  }
  const ingress = findObject(resources, 'Ingress');
  const host = wish.host ?? (ingress ? undefined : marks?.host);
  if (host !== undefined && ingress !== undefined) {
    edits.add(ingress.file.path, editIngress(ingress, host));
  } else if (host !== undefined) {
    const path = `${folder}/${overlayFiles.ingress}`;
    if (files.has(path)) {
      throw overlayErrors.notEditable(
        path,
        'the host',
        'no ingress is in it that resources name',
        `Put ${overlayFiles.ingress} back into resources, or remove it.`,
      );
    }
    edits.create(path, ingressText(wish.newIngress(host)));
    added.push(overlayFiles.ingress);
  }
  edits.add(
    kustomization.file.path,
    editKustomization(
      kustomization,
      { ...wish.version, resources: added, ...(marks && { marks }) },
      wish.isTag,
    ),
  );
  return edits.list();
}

/**
 * The edits that give an overlay which is only prepared storage and host, and leave it without a version.
 *
 * @throws DojoError as {@link editOverlay}.
 */
export function editPrepared(
  overlay: Overlay & { readonly marks: PreparedMarks },
  { storage, host }: WishedParts,
): OverlayEdit[] {
  const { kustomization, resources, marks } = overlay;
  const { file, root } = kustomization;
  const edits = new FileEdits();
  if (storage !== undefined) {
    const added = editStorage(overlay, storage, edits);
    edits.add(
      file.path,
      addToList(file, root, 'resources', added, { behind: ['namespace'] }),
    );
  }
  if (host !== undefined) {
    const ingress = findObject(resources, 'Ingress');
    if (ingress !== undefined) {
      edits.add(ingress.file.path, editIngress(ingress, host));
    } else edits.add(file.path, setPreparedHost(file, marks, host));
  }
  return edits.list();
}

/**
 * Whether an overlay has other storage or another host than is asked for.
 *
 * @throws DojoError DEPLOY_CLAIM_SHRINKS and the like, where it can never have it.
 */
export function differsInParts(
  { resources }: Overlay,
  { storage, host }: WishedParts,
): boolean {
  const claim = findObject(resources, 'PersistentVolumeClaim', claimName);
  const ingress = findObject(resources, 'Ingress');
  const isOther = [
    storage && (claim === undefined || editClaim(claim, storage).length > 0),
    host !== undefined &&
      (ingress === undefined || editIngress(ingress, host).length > 0),
  ];
  return isOther.includes(true);
}

/** @returns the files that `resources` are to name too: a prepared overlay may have no claim yet. */
function editStorage(
  { folder, resources, files, marks }: Overlay,
  storage: WishedStorage,
  edits: FileEdits,
): string[] {
  const claim = findObject(resources, 'PersistentVolumeClaim', claimName);
  if (claim !== undefined) {
    edits.add(claim.file.path, editClaim(claim, storage));
    return [];
  }
  const path = `${folder}/${overlayFiles.claim}`;
  if (marks === undefined || files.has(path)) {
    throw overlayErrors.claimMissing(folder, claimName);
  }
  edits.create(path, claimText(storage));
  return [overlayFiles.claim];
}
