import { namespaceOf, overlayFolder, requestBranch } from '../overlay-place';
import { readOverlay } from '../overlay/overlay';
import type { Overlay } from '../overlay/overlay';
import type { DeploymentPolicy } from '../deployment-policy';
import type { OverlayState } from '../deployment-state';
import type { FileSource, InfraRepository, PullRequests } from '../ports';
import { observeForge } from './observe-forge';
import { observeLastChange } from './observe-history';
import { readOverlayFiles } from './read-overlay-files';

/** Where an overlay is, and what its folder is read from. */
export interface FolderSources {
  readonly infra: InfraRepository;
  readonly policy: DeploymentPolicy;
  /** Of mode pull-request on a forge. */
  readonly pulls?: PullRequests;
  readonly branch: string;
  /** Commit of the branch; absent: the repository is empty. */
  readonly head?: string;
  readonly source: FileSource;
}

/** What is read of an overlay whatever is asked of it. */
export interface ObservedFolder {
  readonly overlay?: Overlay;
  readonly state: Pick<
    OverlayState,
    | 'infra'
    | 'branch'
    | 'head'
    | 'folder'
    | 'tree'
    | 'lastChange'
    | 'namespace'
    | 'files'
    | 'forge'
    | 'warnings'
  >;
}

/** @throws DojoError as {@link readOverlay} and the ports do. */
export async function observeFolder(
  place: { readonly component: string; readonly environment: string },
  { infra, policy, pulls, branch, head, source }: FolderSources,
  signal: AbortSignal,
): Promise<ObservedFolder> {
  const folder = overlayFolder(place);
  const [files, tree, lastChange] = await Promise.all([
    readOverlayFiles(source, folder, signal),
    head === undefined ? undefined : infra.readTree(head, folder, signal),
    head === undefined
      ? undefined
      : observeLastChange(infra, { head, folder }, signal),
  ]);
  const overlay = readOverlay(folder, new Map(Object.entries(files)));
  const warnings: string[] = [];
  const forge =
    pulls &&
    (await observeForge(
      pulls,
      { branch, requestBranch: requestBranch(place) },
      text => warnings.push(text),
      signal,
    ));
  return {
    ...(overlay && { overlay }),
    state: {
      infra: infra.display,
      branch,
      ...(head !== undefined && { head }),
      folder,
      ...(tree !== undefined && { tree }),
      ...(lastChange !== undefined && { lastChange }),
      namespace: namespaceOf(place, policy.namespace),
      files,
      ...(forge && { forge }),
      warnings,
    },
  };
}
