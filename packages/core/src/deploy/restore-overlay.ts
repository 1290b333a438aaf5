import type { FormerOverlay } from './deployment-state';
import type { OverlayEdit } from './overlay/edit-overlay';
import { editedTexts } from './overlay-source';

/**
 * The edits that bring a former overlay back, with changes of its own on top; pure. Nothing is in its folder: files without
 * a kustomization are refused before.
 *
 * @param changes - of the former overlay's files
 */
export function restoreEdits(
  { files }: FormerOverlay,
  changes: readonly OverlayEdit[],
): OverlayEdit[] {
  const texts = new Map([
    ...Object.entries(files),
    ...editedTexts(files, changes),
  ]);
  return [...texts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, text]) => ({
      path,
      created: true,
      splices: [{ start: 0, end: 0, text }],
    }));
}
