import { isAwaitedCommit, shortOid } from 'backstage-plugin-dojo-common';
import type {
  DeployedVersion,
  DeploymentDecides,
  DeploymentMode,
  DeploymentPlan,
  DeploymentRequest,
} from 'backstage-plugin-dojo-common';
import { toPlannedEffects } from '../effect/effect-step';
import { renderDiff } from '../text/render-diff';
import { isClusterChange, planCluster } from './apply/plan-cluster';
import { imagesOf } from './base-objects';
import { blocksOf, untilOf } from './blocks/blocks-of';
import { decideOverlay } from './decide-overlay';
import { deployErrors } from './deploy-errors';
import type { DeploymentState } from './deployment-state';
import { deploymentEffects } from './effects/deployment-effects';
import { diffObjects } from './objects/diff-objects';
import { repositoryOf } from './overlay/image-pins';
import { describeSync } from './sync/sync-source';
import type { SyncSource } from './sync/sync-source';

/**
 * Plans a deployment: which edits the overlay gets, and what they change in the cluster; pure.
 *
 * @param mode - how the change lands; the request's, or the environment's.
 * @throws DojoError as {@link decideOverlay}, and DEPLOY_IMAGE_NOT_RUN.
 */
export function planDeployment(
  state: DeploymentState,
  request: DeploymentRequest,
  mode: DeploymentMode,
): DeploymentPlan {
  const { version, from, edits } = decideOverlay(state, request);
  if (version) ensureImagesRun(state, version);
  const { component, environment, base } = request;
  const { infra, branch, folder, tree, lastChange, head, frozen } = state;
  const { target, former } = state;
  const cluster = state.cluster && planCluster(state.cluster, request);
  const decides: DeploymentDecides = {
    infra,
    branch,
    component,
    environment,
    mode,
    intent: target.kind,
    folder,
    ...(tree !== undefined && { before: tree }),
    ...(lastChange !== undefined && { since: lastChange.commit }),
    base,
    ...(version && { version: { ...version, images: [...version.images] } }),
    ...(request.afterRelease !== undefined && {
      release: { plan: request.afterRelease },
    }),
    edits: edits.map(({ splices, ...edit }) => ({
      ...edit,
      splices: [...splices],
    })),
    ...(cluster && { cluster: cluster.decides }),
    ...(state.sync &&
      (edits.length > 0 || state.sync.isOpen) && {
        sync: toSyncDecides(state.sync, request),
      }),
  };
  const rendered =
    edits.length > 0 ? diffObjects(state.before ?? [], state.after) : [];
  const isChange =
    edits.length > 0 ||
    (cluster !== undefined && isClusterChange(cluster.decides));
  const blocks =
    isChange && version && target.kind !== 'prepare'
      ? blocksOf({
          component,
          environment,
          intent: target.kind,
          version,
          ...(from && { from }),
          ...(state.promotesFrom && {
            promotesFrom: {
              ...state.promotesFrom,
              isAsked: request.promoteFrom === state.promotesFrom.environment,
            },
          }),
          ...(frozen && { frozen }),
          ...(state.rejection && { rejection: state.rejection }),
          ...(state.pending && !request.migrate && { pending: state.pending }),
        })
      : [];
  // The overlay at the head is what is applied, whoever wrote it.
  const isRefused =
    cluster !== undefined &&
    state.findings.some(({ severity }) => severity === 'error');
  return {
    kind:
      isChange || cluster?.decides.watches || decides.sync || isRefused
        ? 'deploy'
        : 'nothing-to-deploy',
    decides,
    shows: {
      reason: reasonOf(decides, { from, target, isRefused, former }),
      ...(from && { from }),
      diffs: edits.map(edit =>
        renderDiff(edit, edit.created ? undefined : state.files[edit.path]),
      ),
      objects: cluster ? [...cluster.objects] : rendered,
      findings: [...state.findings, ...(cluster?.findings ?? [])],
      ...(blocks.length > 0 && { blocks }),
      ...(frozen &&
        isChange &&
        target.kind !== 'rollback' &&
        target.kind !== 'prepare' && {
          frozen: {
            window: frozen.window.text,
            until: untilOf(frozen),
          },
        }),
      effects: toPlannedEffects(deploymentEffects(decides, state.forge)),
      ...(state.forge?.openUrl !== undefined && {
        openRequestUrl: state.forge.openUrl,
      }),
      warnings: [
        ...state.warnings,
        ...pendingWarnings(state, request),
        ...(cluster?.warnings ?? []),
      ],
      ...(head !== undefined && { head }),
      ...(lastChange !== undefined && { lastChange }),
    },
  };
}

/** Seconds for which a controller is waited for where the request does not say it, as for a rollout. */
const defaultWait = 600;

function toSyncDecides(
  { kind, name, namespace }: SyncSource,
  { wait = defaultWait }: DeploymentRequest,
): NonNullable<DeploymentDecides['sync']> {
  return { kind, name, namespace, wait };
}

/** Patches and replacements may set an image too; what was decided has to be what runs. */
function ensureImagesRun(
  { target, after }: DeploymentState,
  { images }: DeployedVersion,
): void {
  if (target.kind !== 'version') return;
  const running = imagesOf(after);
  for (const pin of images) {
    const name = repositoryOf(pin);
    const isRun = running.some(
      image =>
        (image.startsWith(`${name}@`) || image.startsWith(`${name}:`)) &&
        image.endsWith(pin.digest ?? `:${pin.newTag}`),
    );
    if (!isRun) {
      const wished = pin.digest ? `@${pin.digest}` : `:${pin.newTag}`;
      throw deployErrors.imageNotRun(`${name}${wished}`, running);
    }
  }
}

function reasonOf(
  decides: DeploymentDecides,
  {
    from,
    target,
    isRefused,
    former,
  }: Pick<DeploymentState, 'target' | 'former'> & {
    readonly from: DeployedVersion | undefined;
    readonly isRefused: boolean;
  },
): string {
  const { component, environment, edits, version, cluster } = decides;
  if (version === undefined) return reasonToPrepare(decides, from);
  const to = nameOf(version);
  const count = cluster ? cluster.writes.length + cluster.prunes.length : 0;
  if (edits.length === 0 && count > 0) {
    return `The overlay of ${component} in ${environment} has ${to} already; ${
      count === 1
        ? 'one object of the cluster differs'
        : `${count} objects of the cluster differ`
    } from it.`;
  }
  if (edits.length === 0 && cluster?.watches) {
    return `The overlay of ${component} in ${environment} has ${to} already, and so has the cluster; its rollout has not ended yet.`;
  }
  if (edits.length === 0 && isRefused) {
    return `The overlay of ${component} in ${environment} has ${to} already, and it cannot be applied.`;
  }
  if (edits.length === 0 && decides.sync) {
    return `The overlay of ${component} in ${environment} has ${to} already; ${describeSync(
      decides.sync,
    )} has not brought it up yet.`;
  }
  if (edits.length === 0) {
    return `Nothing to deploy: the overlay of ${component} in ${environment} has ${to} already.`;
  }
  if (former) {
    return `${component} ${to} comes back to ${environment} with its former overlay, as it was at infra commit ${shortOid(
      former.infraCommit,
    )}.`;
  }
  if (from === undefined) {
    return decides.before === undefined
      ? `${component} ${to} gets its first overlay in ${environment}.`
      : `${component} ${to} is the first version in ${environment}, whose overlay is prepared.`;
  }
  const move =
    from.commit === version.commit
      ? `stays at ${to}, and its overlay changes`
      : `goes from ${nameOf(from)} to ${to}`;
  switch (target.kind) {
    case 'promotion':
      return `${component} in ${environment} ${move}, as ${target.from} has it.`;
    case 'rollback':
      return `${component} in ${environment} ${move}, as it was at infra commit ${shortOid(
        target.from,
      )}.`;
    default:
      return `${component} in ${environment} ${move}.`;
  }
}

/** Of migrations that somebody runs before it. */
function pendingWarnings(
  { pending }: DeploymentState,
  { environment, migrate }: DeploymentRequest,
): string[] {
  if (pending === undefined || !migrate) return [];
  const { level, ids } = pending;
  return [deployErrors.migrationsPending(environment, level, ids).message];
}

function reasonToPrepare(
  { component, environment, edits, before }: DeploymentDecides,
  from: DeployedVersion | undefined,
): string {
  if (from !== undefined) {
    return `Nothing to prepare: ${component} in ${environment} has ${nameOf(
      from,
    )} already.`;
  }
  if (edits.length === 0) {
    return `Nothing to prepare: ${environment} is prepared for ${component} already.`;
  }
  return before === undefined
    ? `${component} gets an overlay in ${environment} without a version: nothing runs there yet.`
    : `The overlay of ${component} in ${environment} changes, and nothing runs there yet.`;
}

function nameOf({ tag, commit }: DeployedVersion): string {
  if (tag !== undefined && isAwaitedCommit(commit)) {
    return `${tag} (not released yet)`;
  }
  return tag === undefined ? shortOid(commit) : `${tag} (${shortOid(commit)})`;
}
