import { shortOid } from 'backstage-plugin-dojo-common';
import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import { baseOf } from './base-of';
import type { OverlayDecision } from './decide-overlay';
import { deployErrors } from './deploy-errors';
import type { OverlayState } from './deployment-state';
import { versionOf } from './history/landed-version';
import { differsInParts, editPrepared } from './overlay/edit-overlay';
import { isRemote } from './overlay/kustomization';
import { newOverlay } from './overlay/new-overlay';
import { readOverlay } from './overlay/overlay';
import { overlayErrors } from './overlay/overlay-errors';

/**
 * Decides the edits of an overlay that is made for a first deployment; pure. It is that of a first deployment without base
 * and image. One that has a version is as wished where it has host and storage: nothing that runs is ever changed.
 *
 * @throws DojoError DEPLOY_VERSION_THERE where they differ, DEPLOY_BASE_NOT_USED where somebody else made the overlay, and
 * those of editing.
 */
export function decidePreparation(
  { folder, files, namespace }: OverlayState,
  request: DeploymentRequest,
): OverlayDecision {
  const { component, environment, storage, host } = request;
  const overlay = readOverlay(folder, new Map(Object.entries(files)));
  if (overlay === undefined) {
    const made = newOverlay({
      component,
      namespace,
      ...(storage && { storage }),
      ...(host !== undefined && { preparedHost: host }),
    });
    return {
      edits: [...made].map(([name, text]) => ({
        path: `${folder}/${name}`,
        created: true,
        splices: [{ start: 0, end: 0, text }],
      })),
      warnings: [],
    };
  }
  const { kustomization, marks } = overlay;
  const from = versionOf(kustomization, baseOf(request));
  if (from !== undefined) {
    if (differsInParts(overlay, request)) {
      throw deployErrors.versionThere(
        component,
        environment,
        from.tag ?? shortOid(from.commit),
      );
    }
    return { from, edits: [], warnings: [] };
  }
  const remote = kustomization.resources.filter(isRemote);
  if (marks === undefined || remote.length > 0) {
    throw overlayErrors.baseNotUsed(
      kustomization.file.path,
      request.base,
      remote,
    );
  }
  return { edits: editPrepared({ ...overlay, marks }, request), warnings: [] };
}
