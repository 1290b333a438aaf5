import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import { listedKinds, observeCluster } from './apply/observe-cluster';
import { SetReader } from './apply/set-reader';
import { decideOverlay } from './decide-overlay';
import { isProduction } from './deployment-policy';
import type { DeploymentState, OverlayState } from './deployment-state';
import { frozenUntil } from './freeze/freeze-window';
import { lintObjects } from './lint/lint-objects';
import { askFirst } from './observe/asked-service';
import type { AskedFirst } from './observe/asked-service';
import type { DeploymentSources } from './observe/deployment-sources';
import { observeOverlay } from './observe/observe-overlay';
import { observeSource } from './observe/observe-source';
import { editedTexts, emptySource, withTexts } from './overlay-source';
import type { FileSource, InfraRepository } from './ports';
import { renderOverlay } from './render';
import { observeSync } from './sync/sync-target';

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
  const asked = sources.asked ?? askFirst(request, sources, signal);
  try {
    return await observe(request, sources, asked);
  } finally {
    asked.end();
  }
}

async function observe(
  request: DeploymentRequest,
  sources: DeploymentSources,
  { service, head: reading, signal }: AskedFirst,
): Promise<DeploymentState> {
  const { infra, bases, ports, policy } = sources;
  const { branch, commit: head } = await reading;
  const source = head === undefined ? emptySource : infra.files(head);
  const overlayState = await observeOverlay(
    request,
    { ...sources, service, branch, head, source },
    signal,
  );
  const decision = decideOverlay(overlayState, request);
  const isPrepared = overlayState.target.kind === 'prepare';
  if (isPrepared && decision.edits.length === 0) {
    // What is there already is not this change's to judge.
    return { ...overlayState, after: [], findings: [] };
  }

  const render = (of: FileSource, folder: string, onRunning?: () => void) =>
    renderOverlay(
      {
        source: of,
        folder,
        openBase: (...base) => bases.files(...base),
        kustomize: ports.kustomize,
        ...(onRunning && { onRunning }),
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
  const { component, conflicts, prune = false } = request;
  const { cluster, reviewed } = sources;
  const set = { component, namespace: overlayState.namespace };
  const reader = cluster && new SetReader(cluster, set, signal);
  const rendering =
    hasBefore && isEdited
      ? attempt(source, 'the overlay as it is')
      : Promise.resolve(undefined);
  const whileRendering = async () => {
    // What is loaded for the connection takes as long as a small render, and kept its process from being started.
    cluster?.prepare?.();
    // Most often the same kinds as after it, and rendered before.
    const known = await rendering;
    if (known) reader?.listAhead(listedKinds(known));
  };
  const [was, made] = await Promise.allSettled([
    rendering,
    render(withTexts(source, texts), folder, () => {
      whileRendering().catch(() => undefined);
    }),
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
  const observed =
    cluster &&
    reader &&
    (await observeCluster(
      cluster,
      {
        set,
        reader,
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
