import { deliverySchema } from 'backstage-plugin-dojo-common';
import {
  brokenStaging,
  ledgerReleases,
  level,
} from './__testUtils__/ledger-world';
import {
  ago,
  healthy,
  landing,
  line,
  now,
  owner,
  release,
  sampleCaller,
  sampleFacts,
  sampleRules,
  sampleSources,
  waitingCommit,
} from './__testUtils__/sample-facts';
import { assembleDelivery } from './assemble-delivery';
import type { ComponentFacts, InfraFacts } from './facts';
import type { DeliveryRules } from './rules';

const question = { now, generation: '7' };
const assemble = (
  facts: ComponentFacts,
  rules: DeliveryRules = sampleRules(),
) => assembleDelivery(facts, rules, sampleCaller(), question);
const environment = (
  facts: ComponentFacts,
  name: string,
  rules?: DeliveryRules,
) => {
  const found = assemble(facts, rules).environments.find(
    each => each.name === name,
  );
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('assembleDelivery', () => {
  it('is what the schema says, with every environment in the order of the configuration', () => {
    const answer = assemble(brokenStaging());
    expect(deliverySchema.parse(answer)).toEqual(answer);
    expect(answer.environments.map(({ name }) => name)).toEqual([
      'dev',
      'staging',
      'production',
    ]);
    expect(answer).toMatchObject({
      component: 'component:default/ledger',
      generation: '7',
      now: now.toISOString(),
      access: { change: true, logs: true, owner: 'group:default/accounting' },
      latest: {
        kind: 'release',
        version: '0.4.1',
        needs: '0015_reconciliation',
      },
    });
    expect(answer.latest).not.toHaveProperty('commits');
    expect(answer.sources).toHaveLength(4);
  });

  it('leaves what is not known unknown', () => {
    const answer = assemble({
      ...sampleFacts(),
      repository: { kind: 'unknown', source: 'repository' },
      infra: { kind: 'unknown', source: 'infra' },
    });
    expect(answer.latest).toEqual({ kind: 'unknown', source: 'repository' });
    expect(answer.environments[0]).toMatchObject({
      wanted: { kind: 'unknown', source: 'infra' },
      running: { kind: 'unknown', source: 'cluster:dev' },
      health: { kind: 'unknown' },
      database: { kind: 'unknown', source: 'database:dev' },
      behind: { kind: 'unknown' },
    });
  });

  describe('health', () => {
    it('is down where a rollout failed and nothing runs, and failed where the old one runs', () => {
      expect(environment(brokenStaging(), 'staging').health).toMatchObject({
        kind: 'down',
        code: 'CRASH_LOOP',
        since: ago({ minutes: 1 }),
      });
      const facts = brokenStaging();
      const { cause } = facts.clusters.staging;
      const staging = healthy('0.4.0', { health: { kind: 'down' }, cause });
      expect(
        environment({ ...facts, clusters: { staging } }, 'staging').health.kind,
      ).toBe('failed');
    });

    it('is made up neither for what no cluster was asked of nor for what never answered', () => {
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [landing('dev', '0.4.1'), landing('production', '0.3.0')],
      });
      expect(environment(facts, 'dev').health.kind).toBe('unknown');
      expect(environment(facts, 'staging').health.kind).toBe('not-deployed');
      expect(environment(facts, 'production').health.kind).toBe('not-observed');
      const silent = {
        ...facts,
        sources: sampleSources({ id: 'cluster:staging', state: 'failed' }),
      };
      expect(environment(silent, 'staging').health.kind).toBe('unknown');
    });
  });

  it('names what runs by its digest', () => {
    const facts = brokenStaging();
    const dev = healthy('0.4.1');
    const running = { ...dev.running, version: undefined };
    const found = environment(
      {
        ...facts,
        clusters: { dev: { ...dev, running: running as typeof dev.running } },
      },
      'dev',
    );
    expect(found.running).toMatchObject({ kind: 'version', version: '0.4.1' });
  });

  it('names what runs by the landing of its digest where no tag tells it', () => {
    const dev = healthy('0.3.0');
    const running = { ...dev.running, version: undefined };
    const facts = sampleFacts({
      releases: [release('0.3.0', { image: { kind: 'none' } })],
      landings: [landing('dev', '0.3.0')],
      clusters: { dev: { ...dev, running: running as typeof dev.running } },
    });
    expect(environment(facts, 'dev').running).toMatchObject({
      kind: 'version',
      version: '0.3.0',
    });
  });

  it('says how a landing changed what was there', () => {
    const facts = sampleFacts({
      releases: ledgerReleases,
      landings: [
        landing('dev', '0.3.0', { rollback: true }),
        landing('dev', '0.4.0', { at: ago({ days: 2 }) }),
      ],
    });
    expect(environment(facts, 'dev').wanted).toMatchObject({
      version: '0.3.0',
      change: 'rollback',
    });
  });

  it('says how long a version took from where it was before', () => {
    const facts = sampleFacts({
      releases: [release('0.4.0', { at: ago({ hours: 4 }) })],
      landings: [
        landing('staging', '0.4.0', { at: ago({ hours: 1 }) }),
        landing('dev', '0.4.0', { at: ago({ hours: 3 }) }),
      ],
    });
    expect(environment(facts, 'dev').afterMs).toBe(3_600_000);
    expect(environment(facts, 'staging').afterMs).toBe(7_200_000);
  });

  it('says how far behind the newest version it is', () => {
    const facts = sampleFacts({
      releases: ledgerReleases,
      landings: [landing('production', '0.3.0'), landing('dev', '0.4.1')],
    });
    expect(environment(facts, 'production').behind).toEqual({
      kind: 'behind',
      versions: 2,
      commits: 7,
    });
    expect(environment(facts, 'dev').behind).toMatchObject({ versions: 0 });
  });

  describe('database', () => {
    const facts = (at: string, version = '0.3.0') =>
      sampleFacts({
        releases: ledgerReleases,
        landings: [landing('dev', version)],
        databases: { dev: level(at) },
      });

    it('has pending what the wanted version needs above what was applied', () => {
      expect(environment(facts('0013_budgets'), 'dev').database).toMatchObject({
        kind: 'level',
        at: '0013_budgets',
        needs: '0015_reconciliation',
        pending: ['0014_step14', '0015_reconciliation'],
        breakingPending: false,
        ahead: false,
      });
    });

    it('is empty before the first migration, and lists at most 20', () => {
      const found = environment(facts('empty'), 'dev').database;
      expect(found).toMatchObject({ at: 'empty' });
      expect(found).toHaveProperty('pending.length', 15);
      const releases = [
        release('1.0.0', {
          needs: '0030_x',
          migrations: Array.from({ length: 30 }, (_, n) => `${n + 1}_x`),
        }),
      ];
      const many = {
        ...facts('empty', '1.0.0'),
        repository: sampleFacts({ releases }).repository,
      };
      expect(environment(many, 'dev').database).toMatchObject({ omitted: 10 });
    });

    it('says what breaks, what is ahead, and what comes next', () => {
      expect(
        environment(facts('0005_accounts', '0.2.0'), 'dev').database,
      ).toMatchObject({
        breakingPending: true,
        next: { version: '0.4.1', needs: '0015_reconciliation', pending: 10 },
      });
      expect(
        environment(facts('0015_reconciliation', '0.2.0'), 'dev').database,
      ).toMatchObject({ ahead: true, pending: [] });
    });

    it('is being migrated while a run does it, and none where none is configured', () => {
      const run = {
        id: 'task:1',
        kind: 'migration' as const,
        environment: 'dev',
        via: 'page' as const,
        startedAt: ago({ minutes: 1 }),
        url: '/tasks/1',
      };
      const migrating = { ...facts('0013_budgets'), runs: [run] };
      expect(environment(migrating, 'dev').database).toEqual({
        kind: 'migrating',
        run: 'task:1',
      });
      expect(environment(facts('empty'), 'production').database).toEqual({
        kind: 'none',
      });
    });
  });

  it('says that the source of a waiting change went on', () => {
    const facts = sampleFacts({
      releases: ledgerReleases,
      landings: [landing('staging', '0.4.1')],
    });
    const waiting = {
      version: '0.4.0',
      kind: 'merge' as const,
      since: ago({ hours: 1 }),
      requestedBy: owner,
    };
    const asked = {
      ...facts,
      infra: {
        ...(facts.infra as InfraFacts),
        waiting: { production: waiting },
      },
    };
    expect(environment(asked, 'production').waiting?.outdated).toEqual({
      source: 'staging',
      version: '0.4.1',
    });
  });

  it('is at most 64 KB, with how much is left out', () => {
    const commits = Array.from({ length: 20 }, (_, at) =>
      waitingCommit(`fix: ${at} ${'x'.repeat(200)}`),
    );
    const lines = Array.from({ length: 12 }, (_, at) =>
      line({ branch: `release/${at}`, count: 20, counting: 20, commits }),
    );
    const runs = Array.from({ length: 200 }, (_, at) => ({
      id: `task:${at}`,
      kind: 'service' as const,
      via: 'page' as const,
      startedAt: now.toISOString(),
      url: '/tasks/'.padEnd(200, 'x'),
    }));
    const full = { ...brokenStaging(), runs };
    const answer = assemble({
      ...full,
      repository: { ...full.repository, lines } as typeof full.repository,
    });
    expect(bytes(answer)).toBeLessThanOrEqual(64 * 1024);
    expect(deliverySchema.parse(answer)).toEqual(answer);
    expect(answer.omitted).toBeGreaterThan(100);
    const left = answer.lines[0];
    expect(left.commits.length + left.omitted).toBe(20);
    expect(answer.environments).toHaveLength(3);
    expect(answer.attention[0].rank).toBe(1);
  });

  it('cuts nothing where nothing has to be cut', () => {
    const answer = assemble(brokenStaging());
    expect(answer).not.toHaveProperty('omitted');
    expect(bytes(answer)).toBeLessThan(20 * 1024);
  });
});
