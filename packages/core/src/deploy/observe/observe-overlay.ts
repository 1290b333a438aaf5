import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { baseOf } from '../base-of';
import { deployErrors } from '../deploy-errors';
import { onlySourceOf } from '../deployment-policy';
import type { DeploymentPolicy } from '../deployment-policy';
import type { OverlayState, VersionTarget } from '../deployment-state';
import { emptySource, withTexts } from '../overlay-source';
import { findObject } from '../overlay/edit-claim';
import { ingressHosts } from '../overlay/edit-ingress';
import { repositoryOf } from '../overlay/image-pins';
import { findBase } from '../overlay/kustomization';
import { readOverlay } from '../overlay/overlay';
import type { Overlay } from '../overlay/overlay';
import { yamlLine } from '../overlay/yaml-text';
import type { FileSource } from '../ports';
import { renderOverlay } from '../render';
import { isTag } from './asked-service';
import type { AskedService } from './asked-service';
import type { DeploymentSources } from './deployment-sources';
import { ensureHostFree } from './hosts-in-use';
import { observeFolder } from './observe-folder';
import { observeFormer } from './observe-former';
import { observeLanded } from './observe-history';
import { observeRejection } from './observe-notes';
import { observePending } from './observe-pending';
import { observePreparation } from './observe-preparation';
import { observeTarget, observeVersionIn } from './observe-target';

/** Folder of the kustomization that holds nothing but the base. */
const baseFolder = 'base-alone';

/** All that is read before it is decided how the overlay changes. */
export async function observeOverlay(
  request: DeploymentRequest,
  sources: DeploymentSources & {
    readonly service: AskedService;
    readonly branch: string;
    readonly head: string | undefined;
    readonly source: FileSource;
  },
  signal: AbortSignal,
): Promise<OverlayState> {
  if (request.prepare) return observePreparation(request, sources, signal);
  const { infra, ports, policy, service, head, source } = sources;
  const { component, environment } = request;
  const address = baseOf(request);
  const { overlay: there, state } = await observeFolder(
    request,
    sources,
    signal,
  );
  const { folder } = state;
  const former =
    request.restore && there === undefined
      ? await observeFormer(infra, { ...request, folder, head }, signal)
      : undefined;
  const overlay = former
    ? readOverlay(folder, new Map(Object.entries(former.files)))
    : there;
  const isPrepared = overlay !== undefined && overlay.marks !== undefined;
  if (request.rollbackTo !== undefined && (!overlay || isPrepared)) {
    throw deployErrors.nothingRuns(
      component,
      environment,
      'so there is nothing to roll back',
      isPrepared,
    );
  }
  const word =
    overlay && findBase(overlay.kustomization, address)?.comment?.word;
  const wordStands = isTag(word, service, signal);
  const landed =
    head === undefined || overlay === undefined
      ? []
      : await observeLanded(infra, { head, folder }, address, signal);
  const base = await service.base;
  const warnings: string[] = [];
  const warn = (text: string) => warnings.push(text);
  const target = await observeTarget(
    request,
    {
      infra,
      base,
      address,
      asked: service.version,
      openImage: repository => ports.openImage(repository),
      ...(head !== undefined && { head }),
      source,
      landed,
      onWarning: warn,
    },
    signal,
  );
  const promotesFrom = await observePromotesFrom(request, target, {
    infra,
    address,
    ...(head !== undefined && { head }),
    source,
    policy,
    signal,
  });
  const isKnown = await wordStands;
  const { tag, commit } = target.kind === 'version' ? target : target.version;
  const rejection =
    target.kind === 'promotion'
      ? await observeRejection(
          base,
          { commit, ...(tag !== undefined && { tag }) },
          signal,
        )
      : await service.rejection;
  const { database } = sources;
  const pending =
    database && (await observePending(base, commit, database, signal));
  const host = request.host ?? overlay?.marks?.host;
  const hosts = overlay ? ingressHosts(overlay.resources) : [];
  const isNew = host !== undefined && !hosts.includes(host);
  // Somebody else may have taken a host while the overlay was away.
  for (const name of [
    ...(former && request.host === undefined ? hosts : []),
    ...(isNew ? [host] : []),
  ]) {
    (await ensureHostFree(name, component, source, signal)).forEach(warn);
  }
  return {
    ...state,
    ...(former && { former }),
    target,
    knownTags: isKnown && word !== undefined ? [word] : [],
    landed,
    ...(needsBase(request, overlay) && {
      base: await renderBase(request.base, commit, sources, signal),
    }),
    ...(rejection && { rejection }),
    ...(pending &&
      pending.length > 0 && {
        pending: {
          ids: pending,
          ...(database.level !== undefined && { level: database.level }),
        },
      }),
    ...(promotesFrom && { promotesFrom }),
    warnings: [...state.warnings, ...warnings],
  };
}

/** What the environment has whose version alone gets into this one; nothing of it is needed for a rollback. */
async function observePromotesFrom(
  request: DeploymentRequest,
  target: VersionTarget,
  {
    policy,
    signal,
    ...sources
  }: Parameters<typeof observeVersionIn>[2] & {
    readonly policy: DeploymentPolicy;
    readonly signal: AbortSignal;
  },
): Promise<OverlayState['promotesFrom']> {
  const environment = onlySourceOf(policy);
  if (environment === undefined || target.kind === 'rollback') return undefined;
  if (target.kind === 'promotion' && target.from === environment) {
    return { environment, version: target.version };
  }
  const version = await observeVersionIn(request, environment, sources, signal);
  return { environment, ...(version && { version }) };
}

/** Whether a new file, or a new entry, needs a name that only the base has. */
function needsBase(
  { image, ...request }: DeploymentRequest,
  overlay: Overlay | undefined,
): boolean {
  const host = request.host ?? overlay?.marks?.host;
  if (overlay === undefined) return image !== undefined || host !== undefined;
  const { kustomization, resources } = overlay;
  const isPinned = kustomization.images.some(
    entry => image === repositoryOf(entry) || image === entry.name,
  );
  return (
    (image !== undefined && !isPinned) ||
    (host !== undefined && findObject(resources, 'Ingress') === undefined)
  );
}

async function renderBase(
  base: string,
  commit: string,
  { bases, ports }: DeploymentSources,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  const text = `resources:\n  - ${yamlLine(`${base}?ref=${commit}`)}\n`;
  const { objects } = await renderOverlay(
    {
      source: withTexts(
        emptySource,
        new Map([[`${baseFolder}/kustomization.yaml`, text]]),
      ),
      folder: baseFolder,
      openBase: (...of) => bases.files(...of),
      kustomize: ports.kustomize,
    },
    signal,
  );
  return objects;
}
