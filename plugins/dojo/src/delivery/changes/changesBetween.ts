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
      /** `committed`: by the portal itself, to where no merge is needed. */
      readonly kind: 'runs' | 'committed' | 'landed';
      readonly environment: string;
      readonly version: string;
      /** Who merged it, where somebody did. */
      readonly mergedBy?: string;
    }
  | {
      /** What ran before nothing did. */
      readonly kind: 'runs-again';
      readonly environment: string;
      readonly version: string;
      readonly downMs: number;
    }
  | { readonly kind: 'health'; readonly environment: DeliveryEnvironment }
  | {
      /** A restore leads back. */
      readonly kind: 'migrated' | 'restored';
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
  { name, mode, running: is, wanted: isWanted }: DeliveryEnvironment,
): DeliveryChange[] {
  if (is.kind === 'version' && is.version) {
    const same = was.kind === 'version' && was.version === is.version;
    if (same || was.kind === 'unknown') return [];
    const { version } = is;
    return was.kind === 'nothing' && was.since && was.last === version
      ? [
          {
            kind: 'runs-again',
            environment: name,
            version,
            downMs: Math.max(0, Date.parse(is.since) - Date.parse(was.since)),
          },
        ]
      : [{ kind: 'runs', environment: name, version }];
  }
  if (is.kind !== 'not-observed' || isWanted.kind !== 'version') return [];
  const same =
    wasWanted.kind === 'version' && wasWanted.commit === isWanted.commit;
  return same || wasWanted.kind === 'unknown' || !isWanted.version
    ? []
    : [
        {
          kind: mode === 'commit' ? 'committed' : 'landed',
          environment: name,
          version: isWanted.version,
          ...(isWanted.mergedBy && { mergedBy: isWanted.mergedBy.name }),
        },
      ];
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
  if (was.kind !== 'level' || is.kind !== 'level' || was.at === is.at)
    return [];
  const kind = numberOf(is.at) < numberOf(was.at) ? 'restored' : 'migrated';
  return [{ kind, environment: name, from: was.at, to: is.at }];
}

/** One without a number, and none at all, is before all others. */
function numberOf(level: string): number {
  const digits = /^\d{1,15}/.exec(level)?.[0];
  return digits === undefined ? -1 : Number(digits);
}
