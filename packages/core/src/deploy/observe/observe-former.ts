import { deployErrors } from '../deploy-errors';
import type { FormerOverlay } from '../deployment-state';
import { kustomizationNames } from '../overlay/kustomization';
import type { InfraRepository } from '../ports';
import { maxHistory } from './observe-history';
import { readOverlayFiles } from './read-overlay-files';

/**
 * Reads an overlay as it was before it was removed.
 *
 * @throws DojoError DEPLOY_NO_FORMER_OVERLAY where none of the last commits of its folder had one.
 */
export async function observeFormer(
  infra: InfraRepository,
  place: {
    readonly component: string;
    readonly environment: string;
    readonly folder: string;
    /** Absent: the repository is empty. */
    readonly head?: string;
  },
  signal: AbortSignal,
): Promise<FormerOverlay> {
  const { component, environment, folder, head } = place;
  const commits =
    head === undefined
      ? []
      : await infra.readHistory(head, folder, maxHistory, signal);
  const oids = commits.map(({ commit }) => commit);
  const texts = await Promise.all(
    kustomizationNames.map(name =>
      infra.readAt(oids, `${folder}/${name}`, signal),
    ),
  );
  const infraCommit = oids.find((_, at) =>
    texts.some(found => found[at] !== undefined),
  );
  if (infraCommit === undefined) {
    throw deployErrors.noFormerOverlay(component, environment);
  }
  const files = await readOverlayFiles(
    infra.files(infraCommit),
    folder,
    signal,
  );
  return { infraCommit, files };
}
