import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import type { DeliveryAnswer } from '../deliveryAnswer';

/** Something that is other than before, to be said aloud. */
export type DeliveryChange =
  | {
      readonly kind: 'released';
      readonly version: string;
      /** Of the commits that waited for it; 0 where not all of them are known. */
      readonly features: number;
      readonly fixes: number;
    }
  | {
      readonly kind: 'runs' | 'landed';
      readonly environment: string;
      readonly version: string;
    }
  | { readonly kind: 'health'; readonly environment: DeliveryEnvironment }
  | {
      readonly kind: 'migrated';
      readonly environment: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'matches-git'; readonly environment: string }
  | { readonly kind: 'current'; readonly source: string };

/** What changed from one answer about a component to the next, in the order in which it is said. */
export function changesBetween(
  before: DeliveryAnswer,
  after: DeliveryAnswer,
): readonly DeliveryChange[] {
  if (before.component !== after.component) return [];
  return [
    ...releasesBetween(before, after),
    ...after.environments.flatMap(environment => {
      const known = before.environments.find(
        ({ name }) => name === environment.name,
      );
      return known ? changesOf(known, environment) : [];
    }),
    ...after.sources.flatMap(({ id, state }): DeliveryChange[] => {
      const was = before.sources.find(source => source.id === id)?.state;
      return state === 'current' && (was === 'late' || was === 'failed')
        ? [{ kind: 'current', source: id }]
        : [];
    }),
  ];
}

function releasesBetween(
  before: DeliveryAnswer,
  after: DeliveryAnswer,
): DeliveryChange[] {
  const was = before.latest;
  const is = after.latest;
  // From unknown, nothing changed but what we know.
  if (is.kind !== 'release' || was.kind === 'unknown') return [];
  if (was.kind === 'release' && was.version === is.version) return [];
  const line = before.lines.find(({ next }) => next?.version === is.version);
  const count = (type: RegExp) =>
    line?.omitted === 0
      ? line.commits.filter(
          ({ level, subject }) => level !== 'none' && type.test(subject),
        ).length
      : 0;
  return [
    {
      kind: 'released',
      version: is.version,
      features: count(/^feat\b/i),
      fixes: count(/^fix\b/i),
    },
  ];
}

function changesOf(
  before: DeliveryEnvironment,
  after: DeliveryEnvironment,
): DeliveryChange[] {
  return [
    ...migrationOf(before, after),
    ...versionOf(before, after),
    ...healthOf(before, after),
    ...(before.drift.kind === 'drifted' && after.drift.kind === 'none'
      ? [{ kind: 'matches-git' as const, environment: after.name }]
      : []),
  ];
}

function versionOf(
  { running: was, wanted: wasWanted }: DeliveryEnvironment,
  { name, running: is, wanted: isWanted }: DeliveryEnvironment,
): DeliveryChange[] {
  if (is.kind === 'version' && is.version) {
    const same = was.kind === 'version' && was.version === is.version;
    return same || was.kind === 'unknown'
      ? []
      : [{ kind: 'runs', environment: name, version: is.version }];
  }
  if (is.kind !== 'not-observed' || isWanted.kind !== 'version') return [];
  const same =
    wasWanted.kind === 'version' && wasWanted.commit === isWanted.commit;
  return same || wasWanted.kind === 'unknown' || !isWanted.version
    ? []
    : [{ kind: 'landed', environment: name, version: isWanted.version }];
}

function healthOf(
  before: DeliveryEnvironment,
  after: DeliveryEnvironment,
): DeliveryChange[] {
  const is = after.health.kind;
  const worth = is === 'down' || is === 'failed' || is === 'stopped';
  return worth && before.health.kind !== is
    ? [{ kind: 'health', environment: after }]
    : [];
}

function migrationOf(
  { database: was }: DeliveryEnvironment,
  { name, database: is }: DeliveryEnvironment,
): DeliveryChange[] {
  return was.kind === 'level' && is.kind === 'level' && was.at !== is.at
    ? [{ kind: 'migrated', environment: name, from: was.at, to: is.at }]
    : [];
}
