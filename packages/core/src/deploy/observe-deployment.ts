import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../cluster/cluster';
import { observeCluster } from './apply/observe-cluster';
import { observeSource } from './observe/observe-source';
import { baseOf, decideOverlay } from './decide-overlay';
import { deployErrors } from './deploy-errors';
import { isProduction } from './deployment-policy';
import type { DeploymentPolicy } from './deployment-policy';
import type {
  DeploymentState,
  OverlayState,
  WishedTarget,
} from './deployment-state';
import { frozenUntil } from './freeze/freeze-window';
import type { KubernetesObject } from '../cluster/kubernetes-object';
import { namespaceOf, overlayFolder, requestBranch } from './overlay-place';
import { editedTexts, emptySource, withTexts } from './overlay-source';
import { findObject } from './overlay/edit-claim';
import { repositoryOf } from './overlay/image-pins';
import { findBase } from './overlay/kustomization';
import { readOverlay } from './overlay/overlay';
import type { Overlay } from './overlay/overlay';
import { yamlLine } from './overlay/yaml-text';
import { observeLanded, observeLastChange } from './observe/observe-history';
import { observeForge } from './observe/observe-forge';
import { observeRejection } from './observe/observe-notes';
import { observeTarget, observeVersionIn } from './observe/observe-target';
import type { OpenBases } from './observe/open-bases';
import { readOverlayFiles } from './observe/read-overlay-files';
import type {
  DeployPorts,
  FileSource,
  InfraRepository,
  PullRequests,
} from './ports';
import { observeSync } from './sync/sync-target';
import type { SyncTarget } from './sync/sync-target';
import { renderOverlay } from './render';
import { lintObjects } from './lint/lint-objects';

/** What {@link observeDeployment} reads from. */
export interface DeploymentSources {
  readonly infra: InfraRepository;
  readonly bases: OpenBases;
  readonly ports: DeployPorts;
  readonly policy: DeploymentPolicy;
  /** Of mode pull-request on a forge. */
  readonly pulls?: PullRequests;
  /** Of mode apply: the environment's cluster. */
  readonly cluster?: Cluster;
  /** Of the git modes: what brings the overlay up. */
  readonly sync?: SyncTarget;
  /** Hash of the plan that was reviewed; absent: none was. */
  readonly reviewed?: string;
}

/** Folder of the kustomization that holds nothing but the base. */
const baseFolder = 'base-alone';

/**
 * Reads all that a plan of this deployment is made from; writes nothing.
 *
 * @throws DojoError where what is asked for is not there, was moved, or cannot be edited or rendered safely, and what the
 * ports throw.
 */
export async function observeDeployment(
  request: DeploymentRequest,
  sources: DeploymentSources,
  signal: AbortSignal,
): Promise<DeploymentState> {
  const { infra, bases, ports, policy } = sources;
  const { branch, commit: head } = await infra.readHead(request.branch, signal);
  const source = head === undefined ? emptySource : infra.files(head);
  const overlayState = await observeOverlay(
    request,
    { ...sources, branch, head, source },
    signal,
  );
  const decision = decideOverlay(overlayState, request);

  const render = (of: FileSource, folder: string) =>
    renderOverlay(
      {
        source: of,
        folder,
        openBase: (...base) => bases.files(...base),
        kustomize: ports.kustomize,
      },
      signal,
    );
  const warnings = [...overlayState.warnings, ...decision.warnings];
  const { folder, files } = overlayState;
  /** What an overlay made, for a comparison; undefined where it does not render. */
  const attempt = async (of: FileSource, what: string) => {
    try {
      return (await render(of, folder)).objects;
    } catch (error) {
      // The commit of a former base may be gone; any other system that fails may be asked again.
      const isGone = isDojoError(error) && error.code === 'GIT_OBJECT_MISSING';
      if (!isDojoError(error)) throw error;
      if (error.kind === 'unavailable' && !isGone) throw error;
      warnings.push(`${what} does not render: ${error.message}`);
      return undefined;
    }
  };
  const texts = editedTexts(files, decision.edits);
  const hasBefore = Object.keys(files).length > 0;
  const isEdited = decision.edits.length > 0;
  const [was, made] = await Promise.allSettled([
    hasBefore && isEdited ? attempt(source, 'the overlay as it is') : undefined,
    render(withTexts(source, texts), folder),
  ]);
  if (was.status === 'rejected') throw was.reason;
  if (made.status === 'rejected') throw made.reason;
  const after = made.value;
  // What is not edited is rendered once.
  const before = hasBefore && !isEdited ? after.objects : was.value;
  const ran = await lastLanding(overlayState, infra, signal);
  const compared = ran
    ? await attempt(infra.files(ran), 'what a run landed last')
    : before;
  const frozen = frozenUntil(policy.freeze, ports.clock.now());
  const findings = lintObjects(after, {
    namespace: overlayState.namespace,
    environment: request.environment,
    isProduction: isProduction(request.environment),
    ...(compared && { before: compared }),
    livesTold: sources.cluster !== undefined,
  });
  const synced =
    sources.sync && decision.edits.length === 0
      ? await observeSync(
          sources.sync,
          { infra, landed: overlayState.landed, folder },
          signal,
        )
      : undefined;
  const { component, conflicts, prune = false } = request;
  const { cluster, reviewed } = sources;
  const observed =
    cluster &&
    (await observeCluster(
      cluster,
      {
        set: { component, namespace: overlayState.namespace },
        rendered: after,
        isRefused: findings.some(({ severity }) => severity === 'error'),
        takeover: conflicts === 'takeover',
        prune,
        needsRecord: reviewed !== undefined,
        now: ports.clock.now(),
      },
      signal,
    ));
  return {
    ...overlayState,
    ...(before && { before }),
    after: after.objects,
    findings: [...findings, ...(observed?.findings ?? [])],
    ...(observed && { cluster: observed.state }),
    ...(sources.sync && {
      sync: { ...sources.sync.source, isOpen: synced?.isOpen ?? false },
    }),
    ...(frozen && { frozen }),
    warnings: [
      ...warnings,
      ...(synced?.warning === undefined ? [] : [synced.warning]),
      ...infra.warnings,
      ...(observed?.warnings ?? []),
      ...(await observeSource(request, ports, signal)),
    ],
  };
}

/**
 * The commit in which a run last landed the overlay, where somebody changed it since: a claim that was renamed, or a
 * selector that was changed by hand in between, is as wrong as one that this run would change.
 */
async function lastLanding(
  { landed, folder, tree }: OverlayState,
  infra: InfraRepository,
  signal: AbortSignal,
): Promise<string | undefined> {
  const last = landed.find(({ change }) => change !== undefined);
  if (last === undefined) return undefined;
  const then = await infra.readTree(last.infraCommit, folder, signal);
  return then === tree ? undefined : last.infraCommit;
}

/** All that is read before it is decided how the overlay changes. */
async function observeOverlay(
  request: DeploymentRequest,
  sources: DeploymentSources & {
    readonly branch: string;
    readonly head: string | undefined;
    readonly source: FileSource;
  },
  signal: AbortSignal,
): Promise<OverlayState> {
  const { infra, bases, ports, policy, branch, head, source, pulls } = sources;
  const { component, environment } = request;
  const address = baseOf(request);
  const folder = overlayFolder(request);
  const files = await readOverlayFiles(source, folder, signal);
  const tree =
    head === undefined ? undefined : await infra.readTree(head, folder, signal);
  const overlay = readOverlay(folder, new Map(Object.entries(files)));
  if (overlay === undefined && request.rollbackTo !== undefined) {
    throw deployErrors.nothingRuns(
      component,
      environment,
      'so there is nothing to roll back',
    );
  }
  const landed =
    head === undefined || overlay === undefined
      ? []
      : await observeLanded(infra, { head, folder }, address, signal);
  const lastChange =
    head === undefined
      ? undefined
      : await observeLastChange(infra, { head, folder }, signal);
  const base = await bases.repository(address.repository, signal);
  const warnings: string[] = [];
  const target = await observeTarget(
    request,
    {
      infra,
      base,
      address,
      openImage: repository => ports.openImage(repository),
      ...(head !== undefined && { head }),
      source,
      landed,
      onWarning: text => warnings.push(text),
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
  const word =
    overlay && findBase(overlay.kustomization, address)?.comment?.word;
  const isKnown =
    word !== undefined &&
    word !== '' &&
    (await base.resolveTag(word, signal)) !== undefined;
  const warn = (text: string) => warnings.push(text);
  const forge =
    pulls &&
    (await observeForge(
      pulls,
      { branch, requestBranch: requestBranch(request) },
      warn,
      signal,
    ));
  const { tag, commit } = target.kind === 'version' ? target : target.version;
  const rejection =
    target.kind === 'rollback'
      ? undefined
      : await observeRejection(
          base,
          { commit, ...(tag !== undefined && { tag }) },
          signal,
        );
  return {
    infra: infra.display,
    branch,
    ...(head !== undefined && { head }),
    folder,
    ...(tree !== undefined && { tree }),
    ...(lastChange !== undefined && { lastChange }),
    namespace: namespaceOf(request, policy.namespace),
    files,
    target,
    knownTags: isKnown ? [word] : [],
    landed,
    ...(needsBase(request, overlay) && {
      base: await renderBase(request.base, commit, sources, signal),
    }),
    ...(rejection && { rejection }),
    ...(promotesFrom && { promotesFrom }),
    ...(forge && { forge }),
    warnings,
  };
}

/** What the environment has that this one takes over; nothing of it is needed for a rollback. */
async function observePromotesFrom(
  request: DeploymentRequest,
  target: WishedTarget,
  {
    policy,
    signal,
    ...sources
  }: Parameters<typeof observeVersionIn>[2] & {
    readonly policy: DeploymentPolicy;
    readonly signal: AbortSignal;
  },
): Promise<OverlayState['promotesFrom']> {
  const environment = policy.promotesFrom;
  if (environment === undefined || target.kind === 'rollback') return undefined;
  if (target.kind === 'promotion' && target.from === environment) {
    return { environment, version: target.version };
  }
  const version = await observeVersionIn(request, environment, sources, signal);
  return { environment, ...(version && { version }) };
}

/** Whether a new file, or a new entry, needs a name that only the base has. */
function needsBase(
  { image, host }: DeploymentRequest,
  overlay: Overlay | undefined,
): boolean {
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
