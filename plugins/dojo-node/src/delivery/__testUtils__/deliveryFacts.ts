import type { DeliveryRowFacts } from 'dojo-portal-core/delivery';
import type {
  ClusterFacts,
  DatabaseFacts,
  InfraFacts,
  RepositoryFacts,
} from 'dojo-portal-core/delivery';

const sha = 'a'.repeat(40);

export function repositoryFacts(head = sha): RepositoryFacts {
  return {
    kind: 'repository',
    branch: 'main',
    head,
    lines: [
      {
        branch: 'main',
        head,
        commits: [],
        omitted: 0,
        count: 0,
        counting: 0,
        breaking: 0,
      },
    ],
    releases: [],
    olderReleases: 0,
  };
}

export function infraFacts(version = '0.1.0'): InfraFacts {
  return {
    kind: 'infra',
    head: sha,
    wanted: {
      dev: {
        kind: 'version',
        version,
        base: sha,
        commit: sha,
        at: '2026-11-01T00:00:00.000Z',
        change: 'version',
      },
    },
    overlayUrls: {},
    waiting: {},
    landings: [],
  };
}

export const databaseFacts: DatabaseFacts = {
  level: { kind: 'level', at: '0003_accounts' },
  applied: [{ id: '0003_accounts', at: '2026-11-01T00:00:00.000Z' }],
  restores: [],
};

export const clusterFacts: ClusterFacts = {
  running: {
    kind: 'version',
    version: '0.1.0',
    since: '2026-11-01T00:00:00.000Z',
    ready: 1,
    of: 1,
  },
  health: { kind: 'healthy' },
  drift: { kind: 'none' },
};

/** A component as it stands in the list. */
export function listing(
  component: string,
  more: Omit<Partial<DeliveryRowFacts>, 'row'> & {
    readonly row?: Partial<DeliveryRowFacts['row']>;
  } = {},
): DeliveryRowFacts {
  return {
    flags: [],
    sort: { attention: '9', name: component },
    search: [component],
    ...more,
    row: { component, title: component, environments: [], ...more.row },
  };
}
