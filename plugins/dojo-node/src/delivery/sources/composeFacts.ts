import type {
  DeliverySource,
  DeliveryUnknown,
  DojoErrorJson,
} from 'backstage-plugin-dojo-common';
import type {
  ClusterFacts,
  ComponentFacts,
  DatabaseFacts,
  InfraFacts,
  ReleasedVersion,
  RepositoryFacts,
} from 'dojo-portal-core/delivery';
import { withRuns, withUnfinished } from 'dojo-portal-core/delivery';
import type { IndexedComponent, SourceMark } from '../store/IndexedComponent';
import type { StoredFacts } from '../store/DeliveryIndex';
import type { ImageChecks, TaskFacts } from './storedShapes';
import { factNames, sourceNames } from './sourceNames';
import { toSource } from './toSource';

/** What the configuration says of sources. */
export interface SourceSettings {
  readonly environments: readonly {
    readonly name: string;
    /** Whether a cluster of it is asked. */
    readonly observed: boolean;
    /** Whether databases of it are read. */
    readonly migrates: boolean;
  }[];
  /** Address of the infra repository where a component names none. */
  readonly infra?: string;
  /** Why the registry of an image is not asked at all; absent: each is. */
  readonly registryProblem?: (image: string) => DojoErrorJson | undefined;
}

/** The marks that the sources of a component have. */
export function marksOf(
  component: IndexedComponent,
  settings: SourceSettings,
): string[] {
  const { place } = component.entity;
  const infra =
    (place.kind === 'target' ? place.target.infra : undefined) ??
    settings.infra;
  return [
    sourceNames.repository(component.ref),
    sourceNames.registry(component.ref),
    sourceNames.tasks,
    ...(infra === undefined ? [] : [sourceNames.infra(infra)]),
    ...settings.environments.flatMap(({ name, observed, migrates }) => [
      ...(observed ? [sourceNames.cluster(name)] : []),
      ...(migrates ? [sourceNames.database(name, component.ref)] : []),
    ]),
  ];
}

/**
 * What is known of a component, from what its sources said last. Pure: nothing is read, and what a source did not say yet
 * is unknown, with the source that would.
 */
export function composeFacts(
  component: IndexedComponent,
  stored: readonly StoredFacts[],
  marks: ReadonlyMap<string, SourceMark>,
  settings: SourceSettings,
  now: Date,
): ComponentFacts {
  const { ref, entity } = component;
  const bySource = new Map(stored.map(({ source, facts }) => [source, facts]));
  const target =
    entity.place.kind === 'target' ? entity.place.target : undefined;
  const infraAddress = target?.infra ?? settings.infra;
  const tasks = bySource.get(factNames.tasks) as TaskFacts | undefined;
  const repository = bySource.get(factNames.repository) as
    | RepositoryFacts
    | undefined;
  const infra = bySource.get(factNames.infra) as InfraFacts | undefined;
  return withUnfinished(
    withRuns({
      component: ref,
      title: entity.title,
      ...(entity.owner !== undefined && { owner: entity.owner }),
      ...(entity.system !== undefined && { system: entity.system }),
      repository: repository
        ? withChecks(
            repository,
            bySource.get(factNames.registry) as ImageChecks | undefined,
          )
        : unknownUnless(entity.place.kind !== 'none', 'repository'),
      infra:
        infra ??
        unknownUnless(
          infraAddress !== undefined && target !== undefined,
          'infra',
        ),
      clusters: pick<ClusterFacts>(
        bySource,
        settings.environments.filter(each => each.observed),
        factNames.cluster,
      ),
      databases: pick<DatabaseFacts>(
        bySource,
        settings.environments.filter(each => each.migrates),
        factNames.database,
      ),
      runs: tasks?.runs ?? [],
      failures: tasks?.failures ?? [],
      ...(tasks?.ended && { ended: tasks.ended }),
      sources: sourcesOf(component, marks, settings, now),
    }),
  );
}

/** A source that is not configured will never say anything. */
function unknownUnless(
  isConfigured: boolean,
  source: 'repository' | 'infra',
): DeliveryUnknown | { readonly kind: 'off' } {
  return isConfigured ? { kind: 'unknown', source } : { kind: 'off' };
}

function pick<T>(
  bySource: ReadonlyMap<string, unknown>,
  environments: readonly { readonly name: string }[],
  nameOf: (environment: string) => string,
): Record<string, T> {
  return Object.fromEntries(
    environments.flatMap(({ name }) => {
      const facts = bySource.get(nameOf(name)) as T | undefined;
      return facts === undefined ? [] : [[name, facts]];
    }),
  );
}

function sourcesOf(
  { ref, entity }: IndexedComponent,
  marks: ReadonlyMap<string, SourceMark>,
  settings: SourceSettings,
  now: Date,
): DeliverySource[] {
  const target =
    entity.place.kind === 'target' ? entity.place.target : undefined;
  const infra = target?.infra ?? settings.infra;
  const refused: DeliverySource | undefined =
    entity.place.kind === 'refused'
      ? {
          id: 'repository',
          state: 'failed',
          error: { hint: '', ...entity.place.error },
        }
      : undefined;
  return [
    target
      ? toSource(
          'repository',
          'repository',
          marks.get(sourceNames.repository(ref)),
          now,
        )
      : refused ?? { id: 'repository', state: 'off' },
    infra === undefined || target === undefined
      ? { id: 'infra', state: 'off' }
      : toSource('infra', 'infra', marks.get(sourceNames.infra(infra)), now),
    registryOf(target?.image, marks.get(sourceNames.registry(ref)), {
      settings,
      now,
    }),
    toSource('tasks', 'tasks', marks.get(sourceNames.tasks), now),
    ...settings.environments.flatMap(
      ({ name, observed, migrates }): DeliverySource[] => [
        observed
          ? toSource(
              `cluster:${name}`,
              'cluster',
              marks.get(sourceNames.cluster(name)),
              now,
            )
          : { id: `cluster:${name}`, state: 'off' },
        migrates && target
          ? toSource(
              `database:${name}`,
              'database',
              marks.get(sourceNames.database(name, ref)),
              now,
            )
          : { id: `database:${name}`, state: 'off' },
      ],
    ),
  ];
}

/** What the configuration says is true of it from the start, and needs no reading. */
function registryOf(
  image: string | undefined,
  mark: SourceMark | undefined,
  { settings, now }: { settings: SourceSettings; now: Date },
): DeliverySource {
  if (image === undefined) return { id: 'registry', state: 'off' };
  const problem = settings.registryProblem?.(image);
  return problem
    ? { id: 'registry', state: 'failed', error: { hint: '', ...problem } }
    : toSource('registry', 'registry', mark, now);
}

/** What the registry said of an image belongs to its release, as long as that names the same digest. */
function withChecks(
  repository: RepositoryFacts,
  checks: ImageChecks | undefined,
): RepositoryFacts {
  if (!checks) return repository;
  const withCheck = (release: ReleasedVersion): ReleasedVersion => {
    const { image } = release;
    const check = checks[release.version];
    if (image.kind !== 'digest' || check?.digest !== image.digest) {
      return release;
    }
    return {
      ...release,
      image: { ...image, check: check.check, checkedAt: check.checkedAt },
    };
  };
  return { ...repository, releases: repository.releases.map(withCheck) };
}
