import { shortOid } from 'backstage-plugin-dojo-common';
import type {
  DeployedVersion,
  DeploymentDecides,
  DeploymentMode,
  DeploymentPlan,
  DeploymentRequest,
} from 'backstage-plugin-dojo-common';
import { toPlannedEffects } from '../effect/effect-step';
import { renderDiff } from '../text/render-diff';
import { imagesOf } from './base-objects';
import { decideOverlay } from './decide-overlay';
import { deployErrors } from './deploy-errors';
import type { DeploymentState, WishedTarget } from './deployment-state';
import { deploymentEffects } from './effects/deployment-effects';
import { diffObjects } from './objects/diff-objects';
import { repositoryOf } from './overlay/image-pins';

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
  ensureImagesRun(state, version);
  const { component, environment, base } = request;
  const { infra, branch, folder, tree, lastChange, head, frozen, target } =
    state;
  const decides: DeploymentDecides = {
    infra,
    branch,
    component,
    environment,
    mode,
    intent: target.kind,
    folder,
    ...(tree !== undefined && { before: tree }),
    ...(lastChange !== undefined && { since: lastChange }),
    base,
    version: { ...version, images: [...version.images] },
    edits: edits.map(({ splices, ...edit }) => ({
      ...edit,
      splices: [...splices],
    })),
  };
  const isChange = edits.length > 0;
  return {
    kind: isChange ? 'deploy' : 'nothing-to-deploy',
    decides,
    shows: {
      reason: reasonOf(decides, from, target),
      ...(from && { from }),
      diffs: edits.map(edit =>
        renderDiff(edit, edit.created ? undefined : state.files[edit.path]),
      ),
      objects: isChange ? diffObjects(state.before ?? [], state.after) : [],
      findings: [...state.findings],
      ...(frozen &&
        isChange &&
        target.kind !== 'rollback' && {
          frozen: {
            window: frozen.window.text,
            until: frozen.until?.toISOString() ?? 'the window is taken away',
          },
        }),
      effects: toPlannedEffects(deploymentEffects(decides)),
      warnings: [...state.warnings],
      ...(head !== undefined && { head }),
    },
  };
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
  from: DeployedVersion | undefined,
  target: WishedTarget,
): string {
  const { component, environment, edits, version } = decides;
  const to = nameOf(version);
  if (edits.length === 0) {
    return `Nothing to deploy: the overlay of ${component} in ${environment} has ${to} already.`;
  }
  if (from === undefined) {
    return `${component} ${to} gets its first overlay in ${environment}.`;
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

function nameOf({ tag, commit }: DeployedVersion): string {
  return tag === undefined ? shortOid(commit) : `${tag} (${shortOid(commit)})`;
}
