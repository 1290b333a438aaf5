import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import type { DeliveryState } from '../state/delivery-state';
import { listed } from '../words/clauses';
import { clockTime } from '../words/clock-time';

/** Whether an environment has a version, and since when. */
export interface EnvironmentHolds {
  readonly name: string;
  readonly contains: boolean | 'unknown';
  readonly since?: string;
  /** Whether it is only known that it landed. */
  readonly isLanded: boolean;
}

/**
 * Which environments have what a version brought.
 *
 * @param lost - versions that took it back.
 */
export function whereIn(
  { environments, versions }: DeliveryState,
  version: string,
  lost: readonly string[] = [],
): EnvironmentHolds[] {
  return environments.map(environment => {
    const { name, wanted } = environment;
    const live = liveVersion(environment);
    const shared = { name, isLanded: live.isLanded };
    if (live.kind === 'unknown') return { ...shared, contains: 'unknown' };
    if (live.version === undefined) return { ...shared, contains: false };
    const release = versions.named(live.version);
    if (release === undefined) return { ...shared, contains: 'unknown' };
    const closure = versions.closureOf(release.version);
    const contains =
      closure.has(version) && !lost.some(each => closure.has(each));
    const landedAt = wanted.kind === 'version' ? wanted.at : undefined;
    const since = live.isLanded ? landedAt : live.since;
    return {
      ...shared,
      contains,
      ...(contains && since !== undefined && { since }),
    };
  });
}

function liveVersion({ running, wanted }: DeliveryEnvironment): {
  readonly kind: 'known' | 'unknown';
  readonly version?: string;
  readonly since?: string;
  readonly isLanded: boolean;
} {
  switch (running.kind) {
    case 'version':
      return {
        kind: running.version === undefined ? 'unknown' : 'known',
        version: running.version,
        since: running.since,
        isLanded: false,
      };
    case 'nothing':
      return { kind: 'known', isLanded: false };
    case 'not-observed':
      if (wanted.kind === 'version') {
        return {
          kind: wanted.version === undefined ? 'unknown' : 'known',
          version: wanted.version,
          isLanded: true,
        };
      }
      return {
        kind: wanted.kind === 'nothing' ? 'known' : 'unknown',
        isLanded: true,
      };
    default:
      return { kind: 'unknown', isLanded: false };
  }
}

/** `in staging since 09:12, landed in production 10:41 (not observed there)` */
export function whereClause(
  holds: readonly EnvironmentHolds[],
  now: Date,
): string {
  const parts = holds.flatMap(({ name, contains, since, isLanded }) => {
    if (contains !== true) return [];
    const time = since === undefined ? undefined : clockTime(since, now);
    if (isLanded) {
      return [
        `landed in ${name}${
          time === undefined ? '' : ` ${time}`
        } (not observed there)`,
      ];
    }
    return [`in ${name}${time === undefined ? '' : ` since ${time}`}`];
  });
  const unknown = holds.flatMap(({ name, contains }) =>
    contains === 'unknown' ? [name] : [],
  );
  const all = [
    ...parts,
    ...(unknown.length > 0 ? [`not known of ${listed(unknown)}`] : []),
  ];
  return all.length === 0 ? 'it runs nowhere' : all.join(', ');
}
