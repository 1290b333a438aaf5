import type {
  DeliveryLine,
  DeliveryPerson,
  DeliverySource,
  DeliveryWanted,
  WaitingCommit,
} from 'backstage-plugin-dojo-common';
import type {
  ClusterFacts,
  ComponentFacts,
  InfraFacts,
  Landing,
  ReleasedCommit,
  ReleasedVersion,
  RepositoryFacts,
} from '../facts';
import type { DeliveryCaller, DeliveryRules } from '../rules';

/** The moment at which tests ask. */
export const now = new Date('2026-11-27T14:05:00.000Z');

/** An instant before {@link now}. */
export function ago(
  time: { days?: number; hours?: number; minutes?: number; seconds?: number },
  from: Date = now,
): string {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = time;
  const past = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return new Date(from.getTime() - past * 1000).toISOString();
}

/** A SHA that is the same for the same name. */
export function sha(name: string): string {
  return hex(name, 40);
}

/** A digest that is the same for the same name. */
export function digest(name: string): string {
  return `sha256:${hex(name, 64)}`;
}

/** FNV-1a, again and again. */
function hex(name: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round++) {
    let hash = 0x811c9dc5;
    for (const char of `${round}:${name}`) {
      hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    }
    text += hash.toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}

export const owner: DeliveryPerson = {
  ref: 'user:default/owner',
  name: 'owner',
};
export const developer: DeliveryPerson = {
  ref: 'user:default/developer',
  name: 'developer',
};

/** A commit of a release. */
export function commit(
  name: string,
  more: Partial<ReleasedCommit> = {},
): ReleasedCommit {
  return {
    sha: sha(name),
    subject: name,
    at: ago({ days: 10 }),
    level: 'patch',
    type: name.split(/[(:]/)[0],
    ...more,
  };
}

/** A version; it contains `previous` unless it says otherwise. */
export function release(
  version: string,
  more: Partial<ReleasedVersion> = {},
): ReleasedVersion {
  const commits = more.commits ?? [commit(`fix: ${version}`)];
  return {
    kind: 'release',
    version,
    tag: `v${version}`,
    sha: sha(`v${version}`),
    at: ago({ days: 5 }),
    by: owner,
    breaking: false,
    notes: '',
    image: { kind: 'digest', digest: digest(version), check: 'same' },
    unfinished: [],
    urls: {},
    counting: commits.length,
    commits,
    contains: more.previous === undefined ? [] : [more.previous],
    ...more,
  };
}

/** A version that landed in an environment. */
export function landing(
  environment: string,
  version: string,
  more: Partial<Landing> = {},
): Landing {
  const at = more.at ?? ago({ hours: 2 });
  return {
    commit: sha(`${environment} ${version} ${at}`),
    environment,
    at,
    by: owner,
    base: sha(`v${version}`),
    version,
    digest: digest(version),
    ...more,
  };
}

/** What git wants by a landing. */
export function wantedBy({
  base,
  version,
  at,
  by,
  mergedBy,
  commit: landed,
  digest: image,
}: Landing): DeliveryWanted {
  return {
    kind: 'version',
    base: base ?? sha('base'),
    commit: landed,
    at,
    change: 'version',
    ...(version !== undefined && { version }),
    ...(image !== undefined && { digest: image }),
    ...(by && { by }),
    ...(mergedBy && { mergedBy }),
  };
}

/** A cluster in which a version runs healthy. */
export function healthy(
  version: string,
  more: Partial<ClusterFacts> = {},
): ClusterFacts {
  return {
    running: {
      kind: 'version',
      version,
      digest: digest(version),
      since: ago({ hours: 2 }),
      ready: 1,
      of: 1,
    },
    health: { kind: 'healthy', since: ago({ hours: 2 }) },
    drift: { kind: 'none' },
    ...more,
  };
}

/** A line of commits that wait. */
export function line(more: Partial<DeliveryLine> = {}): DeliveryLine {
  return {
    branch: 'main',
    head: sha('main'),
    commits: [],
    omitted: 0,
    count: 0,
    counting: 0,
    breaking: 0,
    ...more,
  };
}

/** A commit that waits for a release. */
export function waitingCommit(
  subject: string,
  more: Partial<WaitingCommit> = {},
): WaitingCommit {
  return {
    sha: sha(subject),
    subject,
    author: 'owner',
    at: ago({ days: 1 }),
    level: 'patch',
    reason: 'a fix',
    breaking: false,
    ...more,
  };
}

export function next(version: string): NonNullable<DeliveryLine['next']> {
  return {
    version,
    level: 'minor',
    sentence: { code: 'minor', values: {}, sentence: 'Minor bump' },
  };
}

/** What the sources said, from parts; landings are given newest first, and say what is wanted. */
export function sampleFacts(
  parts: {
    releases?: readonly ReleasedVersion[];
    lines?: readonly DeliveryLine[];
    landings?: readonly Landing[];
    infra?: Partial<InfraFacts>;
    repository?: Partial<RepositoryFacts>;
  } & Partial<Omit<ComponentFacts, 'infra' | 'repository'>> = {},
): ComponentFacts {
  const {
    releases = [],
    lines,
    landings = [],
    infra,
    repository,
    ...rest
  } = parts;
  const wanted: Record<string, DeliveryWanted> = {};
  for (const each of [...landings].reverse()) {
    wanted[each.environment] = wantedBy(each);
  }
  return {
    component: 'component:default/ledger',
    title: 'ledger',
    owner: 'group:default/accounting',
    repository: {
      kind: 'repository',
      branch: 'main',
      head: sha('main'),
      lines: lines ?? [line()],
      releases,
      olderReleases: 0,
      ...repository,
    },
    infra: {
      kind: 'infra',
      head: sha('infra'),
      overlayUrls: {},
      waiting: {},
      landings,
      wanted,
      ...infra,
    },
    clusters: {},
    databases: {},
    runs: [],
    failures: [],
    sources: sampleSources(),
    ...rest,
  };
}

/** All that is asked, and answers. */
export function sampleSources(
  ...changed: readonly DeliverySource[]
): DeliverySource[] {
  const ids = [
    'repository',
    'infra',
    'cluster:dev',
    'cluster:staging',
  ] as const;
  const isChanged = (id: string) => changed.some(each => each.id === id);
  return [
    ...ids
      .filter(id => !isChanged(id))
      .map(id => ({
        id,
        state: 'current' as const,
        asOf: ago({ seconds: 20 }),
      })),
    ...changed,
  ];
}

/** dev -> staging -> production, as the example's cluster portal has them; production has no cluster and needs two people. */
export function sampleRules(
  change: Partial<
    Record<string, Partial<DeliveryRules['environments'][number]>>
  > = {},
  more: Partial<DeliveryRules> = {},
): DeliveryRules {
  const shared = {
    approval: false,
    observed: true,
    migrates: true,
    deploys: true,
  };
  return {
    environments: [
      {
        name: 'dev',
        promotedOnly: false,
        mode: 'apply',
        ...shared,
        ...change.dev,
      },
      {
        name: 'staging',
        promotesFrom: 'dev',
        promotedOnly: false,
        mode: 'apply',
        ...shared,
        ...change.staging,
      },
      {
        name: 'production',
        promotesFrom: 'staging',
        promotedOnly: true,
        mode: 'commit',
        ...shared,
        approval: true,
        observed: false,
        migrates: false,
        ...change.production,
      },
    ],
    templates: {
      release: 'template:default/release',
      ship: 'template:default/ship',
      deploy: 'template:default/deploy',
      migrate: 'template:default/migrate',
      restore: 'template:default/restore-backup',
      rebuildCaches: 'template:default/rebuild-caches',
      environmentOverlay: 'template:default/environment-overlay',
      reject: 'template:default/reject',
    },
    metrics: { hotfixWindowMs: 24 * 3_600_000 },
    ...more,
  };
}

/** Somebody who may do everything. */
export function sampleCaller(
  more: Partial<DeliveryCaller> = {},
): DeliveryCaller {
  return {
    change: true,
    may: () => true,
    logs: true,
    ref: 'user:default/owner',
    ...more,
  };
}
