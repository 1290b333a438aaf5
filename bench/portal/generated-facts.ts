import type {
  InfraFacts,
  Landing,
  ReleasedVersion,
  RepositoryFacts,
} from 'dojo-portal-core/delivery';

export const environments = ['dev', 'staging', 'production'];

/** So many components, of 20 teams; the first is the one with 200 kept releases. */
export function entitiesOf(count: number) {
  return Array.from({ length: count }, (_, place) => {
    const name = nameOf(place);
    const location = `url:https://forge.example/${name}`;
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        description: `The service number ${place} of those that are generated`,
        annotations: {
          'dojo/repository': `file:${name}.git`,
          'backstage.io/managed-by-location': location,
          'backstage.io/managed-by-origin-location': location,
        },
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: `group:default/team${place % 20}`,
      },
    };
  });
}

export function nameOf(place: number): string {
  return place === 0 ? 'atlas' : `service-${place}`;
}

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2026, 10, 29);
const at = (daysAgo: number) => new Date(start - daysAgo * day).toISOString();
const sha = (kind: string, number: number) =>
  `${kind}${number.toString(16)}`.padStart(40, '0');

/** A repository of so many releases, each of eight commits, and of commits that wait. */
export function repositoryOf(releases: number): RepositoryFacts {
  const head = sha('abc', releases);
  return {
    kind: 'repository',
    url: 'https://forge.example/service',
    branch: 'main',
    head,
    lines: [
      {
        branch: 'main',
        head,
        commits: Array.from({ length: 6 }, (_, place) => ({
          sha: sha('c', place),
          subject: `feat(accounts): the change number ${place} of those that wait`,
          author: 'Ada',
          at: at(place),
          level: 'minor' as const,
          reason: 'feat',
          breaking: false,
          pr: { number: 100 + place },
        })),
        omitted: 6,
        count: 12,
        counting: 6,
        breaking: 0,
      },
    ],
    releases: Array.from({ length: releases }, (_, place) =>
      releaseOf(releases - place, place),
    ),
    olderReleases: releases === 200 ? 4800 : 0,
  };
}

function releaseOf(minor: number, daysAgo: number): ReleasedVersion {
  const version = `0.${minor}.0`;
  return {
    kind: 'release',
    version,
    tag: `v${version}`,
    sha: sha('d', minor),
    at: at(daysAgo),
    by: { name: 'Ada' },
    breaking: false,
    notes: '## Features\n\n- something that people asked for\n'.repeat(8),
    image: { kind: 'none' },
    unfinished: [],
    urls: {},
    ...(minor > 1 && { previous: `0.${minor - 1}.0` }),
    counting: 4,
    commits: Array.from({ length: 8 }, (_, place) => ({
      sha: sha('e', minor * 100 + place),
      subject: `fix(accounts): the change number ${place} of ${version}`,
      at: at(daysAgo + place / 24),
      level: 'patch' as const,
      pr: minor * 10 + place,
    })),
    contains: minor > 1 ? [`0.${minor - 1}.0`] : [],
  };
}

/** Overlays of three environments with some landings each. */
export function infraOf(place: number): InfraFacts {
  const landings = environments.flatMap((environment, stage) =>
    Array.from(
      { length: 8 },
      (_, age): Landing => ({
        commit: sha('f', place * 1000 + stage * 100 + age),
        environment,
        at: at(age * 3 + stage),
        by: { name: 'Ada' },
        base: sha('d', 12 - age - stage),
        version: `0.${Math.max(1, 12 - age - stage)}.0`,
      }),
    ),
  );
  return {
    kind: 'infra',
    head: sha('f', 1),
    wanted: Object.fromEntries(
      environments.map((environment, stage) => [
        environment,
        {
          kind: 'version',
          version: `0.${12 - stage}.0`,
          base: sha('d', 12 - stage),
          commit: sha('f', place * 1000 + stage * 100),
          at: at(stage),
          change: 'version',
        },
      ]),
    ),
    overlayUrls: {},
    waiting: {},
    landings: landings.sort((one, other) => (one.at < other.at ? 1 : -1)),
  };
}
