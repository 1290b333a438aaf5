import type {
  DeliveryAction,
  DeliveryLine,
  DeliveryRun,
} from 'backstage-plugin-dojo-common';
import { templateAction } from './action-ground';
import type { ActionGround, Block, PlannedEnvironment } from './action-ground';
import { freezeBlock, overlayBlock, runningBlock, silentBlock } from './blocks';
import { labels } from './labels';
import { versionIn } from './fit-versions';

/** Releases, one a line of commits, or the end of one that was cut. */
export function releaseActions(ground: ActionGround): DeliveryAction[] {
  const { state, caller } = ground;
  if (!caller.may('release')) return [];
  return state.lines.flatMap((line, at) => releaseOf(ground, line, at === 0));
}

function releaseOf(
  ground: ActionGround,
  line: DeliveryLine,
  isMain: boolean,
): DeliveryAction[] {
  const { state, now } = ground;
  const { branch, next } = line;
  const cut = isMain ? unfinishedVersion(ground) : undefined;
  const version = cut ?? next?.version;
  const label = () => {
    if (cut !== undefined) return labels.finishRelease(cut);
    if (version === undefined) return labels.releaseAny();
    return isMain
      ? labels.release(version)
      : labels.releaseFrom(version, branch);
  };
  return templateAction(ground, {
    id: 'release',
    template: 'release',
    branch,
    ...(version !== undefined && { version }),
    label: label(),
    formData: { bump: 'auto', ...(!isMain && { branch }) },
    blocks: [
      runningBlock(state.running, run => isReleaseOf(run, version), now),
      cut === undefined ? nothingToRelease(ground, line) : undefined,
    ],
  });
}

/** A release says only which version it makes; without one it may be any. */
function isReleaseOf(
  { kind, version }: DeliveryRun,
  wished: string | undefined,
): boolean {
  if (kind !== 'release' && kind !== 'shipment') return false;
  return version === undefined || wished === undefined || version === wished;
}

function unfinishedVersion({ state }: ActionGround): string | undefined {
  const { latest } = state;
  return latest.kind === 'release' && latest.unfinished.length > 0
    ? latest.version
    : undefined;
}

function nothingToRelease(
  { state: { latest } }: ActionGround,
  { count, next }: DeliveryLine,
): Block | undefined {
  if (next !== undefined) return undefined;
  const since = latest.kind === 'release' ? ` since ${latest.version}` : '';
  return {
    code: 'NOTHING_TO_RELEASE',
    sentence:
      count === 0
        ? `No commits${since}.`
        : `No commit${since} counts for a release.`,
  };
}

/** Release, migration and deployment in one, to an environment that takes over from no other. */
export function shipActions(
  ground: ActionGround,
  { rule, environment }: PlannedEnvironment,
): DeliveryAction[] {
  const { state, caller, now } = ground;
  const { name } = rule;
  const isPermitted = caller.may('release') && caller.may('deploy', name);
  const line = state.lines.at(0);
  if (!isPermitted || !line || !rule.deploys || rule.promotesFrom) return [];
  const latest =
    state.latest.kind === 'release' ? state.latest.version : undefined;
  const version = line.next?.version ?? latest;
  // What is released already is shipped too, where it is not there yet.
  const isThere = line.next === undefined && versionIn(environment) === latest;
  return templateAction(ground, {
    id: 'ship',
    template: 'ship',
    environment: name,
    ...(version !== undefined && { version }),
    label:
      version === undefined ? labels.shipAny(name) : labels.ship(version, name),
    formData: { bump: 'auto' },
    blocks: [
      runningBlock(
        state.running,
        run =>
          isReleaseOf(run, version) ||
          (run.environment === name && run.kind !== 'service'),
        now,
      ),
      isThere || version === undefined
        ? nothingToRelease(ground, line)
        : undefined,
      overlayBlock(environment),
      silentBlock(state.sources, environment),
      freezeBlock(environment),
    ],
  });
}

/** Rejections of what is in an environment, or would come next. */
export function rejectActions(ground: ActionGround): DeliveryAction[] {
  const { state, caller } = ground;
  if (!caller.may('reject')) return [];
  const versions = new Set(
    [
      ...state.environments.flatMap(({ wanted, running }) => [
        wanted.kind === 'version' ? wanted.version : undefined,
        running.kind === 'version' ? running.version : undefined,
      ]),
      state.latest.kind === 'release' ? state.latest.version : undefined,
    ].filter(version => version !== undefined),
  );
  return [...versions].flatMap(version => {
    const release = state.versions.named(version);
    return release === undefined || release.rejected !== undefined
      ? []
      : templateAction(ground, {
          id: 'reject',
          template: 'reject',
          version: release.version,
          label: labels.reject(release.version),
          formData: { version: release.tag },
          blocks: [],
        });
  });
}
