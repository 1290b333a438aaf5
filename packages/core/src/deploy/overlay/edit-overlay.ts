import type { Splice } from 'backstage-plugin-dojo-common';
import { claimName, editClaim, findObject } from './edit-claim';
import type { WishedStorage } from './edit-claim';
import { editIngress } from './edit-ingress';
import { editKustomization, inOrder } from './edit-kustomization';
import type { WishedVersion } from './edit-kustomization';
import { ingressText, overlayFiles } from './new-overlay';
import type { NewIngress } from './new-overlay';
import type { Overlay } from './overlay';
import { overlayErrors } from './overlay-errors';

/** One file's change. Its splices are in order and do not overlap. */
export interface OverlayEdit {
  /** In the infra repository. */
  readonly path: string;
  readonly created: boolean;
  readonly splices: readonly Splice[];
}

/** What an overlay is to be; what is left out stays as it is. */
export interface WishedOverlay {
  readonly version: Omit<WishedVersion, 'resources'>;
  readonly storage?: WishedStorage;
  readonly host?: string;
  /** For an overlay that has no ingress yet; called only then. */
  readonly newIngress: (host: string) => NewIngress;
  /** Whether the first word of a comment is a tag; others are a person's. */
  readonly isTag: (word: string) => boolean;
}

/**
 * The edits that make an overlay what is wished and leave every other byte; none where it is that already.
 *
 * @throws DojoError of a code of {@link overlayErrors}, with file and line.
 */
export function editOverlay(
  overlay: Overlay,
  wish: WishedOverlay,
): OverlayEdit[] {
  const { folder, kustomization, resources, files } = overlay;
  const edits = new Map<string, OverlayEdit>();
  // Claim and ingress may stand in one file.
  const edit = (path: string, splices: readonly Splice[], created = false) => {
    if (splices.length === 0) return;
    const earlier = edits.get(path)?.splices ?? [];
    edits.set(path, {
      path,
      created,
      splices: inOrder([...earlier, ...splices]),
    });
  };

  const added: string[] = [];
  if (wish.storage !== undefined) {
    const claim = findObject(resources, 'PersistentVolumeClaim', claimName);
    if (claim === undefined) {
      throw overlayErrors.claimMissing(folder, claimName);
    }
    edit(claim.file.path, editClaim(claim, wish.storage));
  }
  if (wish.host !== undefined) {
    const ingress = findObject(resources, 'Ingress');
    if (ingress !== undefined) {
      edit(ingress.file.path, editIngress(ingress, wish.host));
    } else {
      const path = `${folder}/${overlayFiles.ingress}`;
      if (files.has(path)) {
        throw overlayErrors.notEditable(
          path,
          'the host',
          'no ingress is in it that resources name',
          `Put ${overlayFiles.ingress} back into resources, or remove it.`,
        );
      }
      const text = ingressText(wish.newIngress(wish.host));
      edit(path, [{ start: 0, end: 0, text }], true);
      added.push(overlayFiles.ingress);
    }
  }
  edit(
    kustomization.file.path,
    editKustomization(
      kustomization,
      { ...wish.version, resources: added },
      wish.isTag,
    ),
  );
  return [...edits.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
