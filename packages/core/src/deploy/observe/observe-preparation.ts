import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import type { OverlayState } from '../deployment-state';
import { preparationsIn } from '../history/landed-version';
import { ingressHosts } from '../overlay/edit-ingress';
import { ensureHostFree } from './hosts-in-use';
import { observeFolder } from './observe-folder';
import type { FolderSources } from './observe-folder';
import { maxHistory } from './observe-history';

/**
 * All that is read before it is decided how an overlay is prepared. Neither the service nor its images are looked at: there
 * may be no version of it yet.
 *
 * @throws DojoError HOST_TAKEN, and as {@link observeFolder}.
 */
export async function observePreparation(
  request: DeploymentRequest,
  sources: FolderSources,
  signal: AbortSignal,
): Promise<OverlayState> {
  const { overlay, state } = await observeFolder(request, sources, signal);
  const { infra, head, source } = sources;
  const { host, component } = request;
  const held = [
    overlay?.marks?.host,
    ...(overlay ? ingressHosts(overlay.resources) : []),
  ];
  const warnings =
    host === undefined || held.includes(host)
      ? []
      : await ensureHostFree(host, component, source, signal);
  const { folder } = state;
  const commits =
    head === undefined
      ? []
      : await infra.readHistory(head, folder, maxHistory, signal);
  return {
    ...state,
    target: { kind: 'prepare' },
    knownTags: [],
    landed: [],
    preparations: preparationsIn(commits),
    warnings: [...state.warnings, ...warnings],
  };
}
