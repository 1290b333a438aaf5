import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import { millisOf } from '../words/clock-time';
import { versionBlock } from './blocks';

/** Whether nothing holds a version itself back. */
export function isFit(release: ReleasedVersion): boolean {
  return versionBlock(release) === undefined;
}

/**
 * What somebody may want to deploy: the newest version, the newest one that nothing holds back, and the one that was
 * released last, such as a fix of an earlier line.
 */
export function versionsToDeploy(
  releases: readonly ReleasedVersion[],
): ReleasedVersion[] {
  const fit = releases.filter(isFit);
  const last = fit.reduce<ReleasedVersion | undefined>(
    (latest, each) =>
      latest === undefined || millisOf(each.at) > millisOf(latest.at)
        ? each
        : latest,
    undefined,
  );
  return [
    ...new Set(
      [last, fit.at(0), releases.at(0)].filter(each => each !== undefined),
    ),
  ];
}

/** The version that counts as an environment's own: what runs, where it is seen and whole, else what git wants. */
export function versionIn({
  running,
  wanted,
}: Pick<DeliveryEnvironment, 'running' | 'wanted'>): string | undefined {
  if (running.kind === 'version' && running.version !== undefined) {
    return running.version;
  }
  return wanted.kind === 'version' ? wanted.version : undefined;
}
