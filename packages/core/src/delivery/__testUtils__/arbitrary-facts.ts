import fc from 'fast-check';
import type {
  AppliedMigration,
  ClusterFacts,
  ComponentFacts,
  Landing,
  ReleasedCommit,
  ReleasedVersion,
} from '../facts';
import {
  commit,
  digest,
  landing,
  line,
  next,
  now,
  release,
  sampleFacts,
  sha,
  waitingCommit,
} from './sample-facts';

const versions = [
  '0.1.0',
  '0.2.0',
  '0.2.1',
  '0.3.0',
  '1.0.0',
  '1.0.0-rc.1',
  'odd',
];
const environments = ['dev', 'staging', 'production', 'gone'];
const migrations = ['0001_a', '0002_b', '0003_c', 'x'];

const instant = fc
  .integer({ min: -120 * 24 * 60, max: 60 })
  .map(minutes => new Date(now.getTime() + minutes * 60_000).toISOString());
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const version = fc.constantFrom(...versions);
const environment = fc.constantFrom(...environments);
const text = fc.string({ maxLength: 40 });
const person = fc.oneof(
  fc.constantFrom(
    { name: 'owner', ref: 'user:default/owner' },
    { name: 'user:default/owner' },
    { name: 'developer' },
  ),
  text.map(name => ({ name })),
);
/** Without the keys whose value is undefined, as JSON has them. */
const plain = <T extends object>(of: fc.Arbitrary<T>) =>
  of.map(value => JSON.parse(JSON.stringify(value)) as T);

const releasedCommit: fc.Arbitrary<ReleasedCommit> = plain(
  fc.record({
    name: fc.integer({ min: 0, max: 30 }),
    at: instant,
    type: fc.constantFrom('feat', 'fix', 'revert', 'docs'),
    reverts: maybe(fc.integer({ min: 0, max: 30 })),
    isMerge: maybe(fc.constant(true as const)),
    pr: maybe(fc.integer({ min: 1, max: 9 })),
  }),
).map(({ name, reverts, ...rest }) =>
  commit(`c${name}`, {
    ...rest,
    ...(reverts !== undefined && { reverts: sha(`c${reverts}`) }),
  }),
);

const released: fc.Arbitrary<ReleasedVersion> = plain(
  fc.record({
    version,
    at: instant,
    commits: fc.array(releasedCommit, { maxLength: 6 }),
    // Also in circles, and of versions that are not read.
    contains: fc.uniqueArray(version, { maxLength: 3 }),
    needs: maybe(fc.constantFrom(...migrations)),
    migrations: maybe(fc.subarray(migrations)),
    breakingMigrations: maybe(fc.subarray(migrations)),
    unfinished: fc.array(text, { maxLength: 2 }),
    rejected: maybe(fc.record({ reason: text, at: maybe(instant) })),
    moved: maybe(fc.constant({ from: sha('from'), to: sha('to') })),
  }),
).map(({ version: name, ...rest }) => release(name, rest));

const outcome = plain(
  fc.record({
    kind: fc.constantFrom(
      'healthy' as const,
      'failed' as const,
      'superseded' as const,
      'waiting' as const,
      'not-observed' as const,
    ),
    at: maybe(instant),
    sentence: maybe(text),
  }),
);

const landed: fc.Arbitrary<Landing> = plain(
  fc.record({
    name: environment,
    version: maybe(version),
    hasBase: fc.boolean(),
    at: instant,
    rollback: maybe(fc.constant(true as const)),
    removed: maybe(fc.constant(true as const)),
    outcome: maybe(outcome),
    outcomes: maybe(fc.array(outcome, { maxLength: 3 })),
    requestedBy: maybe(person),
    mergedBy: maybe(person),
    commit: maybe(fc.constantFrom(sha('one'), sha('two'))),
  }),
).map(({ name, version: of, hasBase, ...rest }) => {
  const {
    base,
    version: named,
    digest: image,
    ...made
  } = landing(name, of ?? 'odd', rest);
  return {
    ...made,
    ...(hasBase && { base, digest: image }),
    ...(of !== undefined && { version: named }),
  };
});

const cluster: fc.Arbitrary<ClusterFacts> = plain(
  fc.record({
    running: fc.oneof(
      fc.record({
        kind: fc.constant('version' as const),
        version: maybe(version),
        digest: maybe(version.map(digest)),
        since: instant,
        ready: fc.nat(2),
        of: fc.nat(2),
      }),
      fc.record({
        kind: fc.constant('nothing' as const),
        since: maybe(instant),
        last: maybe(version),
      }),
      fc.record({
        kind: fc.constant('mixed' as const),
        parts: fc.array(
          fc.record({ since: instant, ready: fc.nat(2), of: fc.nat(2) }),
          { maxLength: 2 },
        ),
      }),
      fc.constant({ kind: 'unknown' as const, source: 'cluster:dev' }),
    ),
    health: fc.oneof(
      fc.record({
        kind: fc.constantFrom(
          'healthy' as const,
          'rolling-out' as const,
          'failed' as const,
          'down' as const,
          'stopped' as const,
          'not-deployed' as const,
        ),
        since: maybe(instant),
        sentence: maybe(text),
      }),
      fc.constant({ kind: 'unknown' as const, source: 'cluster:dev' }),
    ),
    drift: fc.oneof(
      fc.constant({ kind: 'none' as const }),
      fc.record({
        kind: fc.constant('drifted' as const),
        fields: fc.array(
          fc.record({
            object: text,
            field: text,
            wanted: text,
            live: text,
            manager: text,
          }),
          { maxLength: 10 },
        ),
        omitted: fc.nat(5),
      }),
    ),
    cause: maybe(
      fc.record({
        code: text,
        sentence: text,
        hint: text,
        since: instant,
        exitCode: maybe(fc.nat(255)),
        log: maybe(fc.array(fc.string({ maxLength: 900 }), { maxLength: 40 })),
      }),
    ),
  }),
);

const applied: fc.Arbitrary<AppliedMigration> = plain(
  fc.record({
    id: fc.constantFrom(...migrations),
    at: instant,
    planHash: maybe(fc.constantFrom('p', 'q')),
    downtimeMs: maybe(fc.nat(9_999)),
    durationMs: maybe(fc.nat(9_999)),
    breaking: maybe(fc.constant(true as const)),
  }),
);

const database = plain(
  fc.record({
    level: fc.oneof(
      fc.constantFrom('empty', ...migrations).map(at => ({
        kind: 'level' as const,
        at,
      })),
      fc.constant({ kind: 'none' as const }),
      fc.constant({ kind: 'unknown' as const, source: 'database:dev' }),
    ),
    applied: fc.array(applied, { maxLength: 5 }),
    restores: fc.array(
      plain(
        fc.record({
          backup: text,
          at: instant,
          to: maybe(fc.constantFrom(...migrations)),
        }),
      ),
      { maxLength: 2 },
    ),
  }),
);

const source = plain(
  fc.record({
    id: fc.constantFrom(
      'repository',
      'infra',
      'registry',
      'forge',
      'tasks',
      'cluster:dev',
      'cluster:staging',
      'database:dev',
    ),
    state: fc.constantFrom(
      'current' as const,
      'late' as const,
      'failed' as const,
      'loading' as const,
      'off' as const,
    ),
    asOf: maybe(instant),
    error: maybe(
      fc.constant({ code: 'X', message: 'refused.', hint: 'Look.' }),
    ),
  }),
);

const run = plain(
  fc.record({
    id: text,
    kind: fc.constantFrom(
      'release' as const,
      'migration' as const,
      'deployment' as const,
      'shipment' as const,
      'service' as const,
    ),
    environment: maybe(environment),
    version: maybe(version),
    by: maybe(person),
    via: fc.constantFrom('page' as const, 'agent' as const, 'api' as const),
    startedAt: instant,
    url: text,
  }),
);

const waitingLine = fc
  .record({
    branch: text,
    times: fc.array(instant, { maxLength: 25 }),
    next: maybe(version),
  })
  .map(({ branch, times, next: following }) =>
    line({
      branch,
      commits: times.map((at, n) => waitingCommit(`fix: ${n}`, { at })),
      count: times.length,
      counting: times.length,
      ...(following !== undefined && { next: next(following) }),
    }),
  );

const waitingChange = plain(
  fc.record({
    version: maybe(version),
    kind: fc.constantFrom('merge' as const, 'controller' as const),
    since: instant,
    requestedBy: maybe(person),
  }),
);

const unreadable = fc.record({
  kind: fc.constant('unreadable' as const),
  path: text,
  sentence: text,
  commit: fc.constant(sha('unreadable')),
});

/** Facts of any kind: also such as no source would tell. */
export const arbitraryFacts: fc.Arbitrary<ComponentFacts> = fc
  .record({
    releases: fc.array(released, { maxLength: 7 }),
    lines: fc.array(waitingLine, { maxLength: 3 }),
    landings: fc.array(landed, { maxLength: 12 }),
    clusters: fc.dictionary(environment, cluster),
    databases: fc.dictionary(environment, database),
    waiting: fc.dictionary(environment, waitingChange),
    broken: fc.dictionary(environment, unreadable, { maxKeys: 1 }),
    sources: fc.array(source, { maxLength: 8 }),
    runs: fc.array(run, { maxLength: 4 }),
    repository: fc.constantFrom('read', 'unknown', 'off'),
    infra: fc.constantFrom('read', 'read', 'unknown', 'off'),
  })
  .map(parts => {
    const { waiting, broken, repository, infra, ...rest } = parts;
    const facts = sampleFacts({ ...rest, infra: { waiting } });
    const read = facts.infra.kind === 'infra' ? facts.infra : undefined;
    return {
      ...facts,
      ...(read && {
        infra: { ...read, wanted: { ...read.wanted, ...broken } },
      }),
      ...(repository !== 'read' && {
        repository: stand(repository, 'repository'),
      }),
      ...(infra !== 'read' && { infra: stand(infra, 'infra') }),
    };
  });

function stand(kind: string, id: 'repository' | 'infra') {
  return kind === 'off'
    ? ({ kind: 'off' } as const)
    : ({ kind: 'unknown', source: id } as const);
}
