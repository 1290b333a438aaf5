import {
  brokenStaging,
  ledgerReleases,
  level,
} from '../__testUtils__/ledger-world';
import {
  ago,
  developer,
  digest,
  healthy,
  landing,
  line,
  next,
  now,
  owner,
  release,
  sampleCaller,
  sampleFacts,
  sampleRules,
  sampleSources,
  waitingCommit,
} from '../__testUtils__/sample-facts';
import { planActions } from '../actions/plan-actions';
import type { ComponentFacts, InfraFacts } from '../facts';
import { readState } from '../state/delivery-state';
import { attentionOf } from './attention-of';

function attention(facts: ComponentFacts, logs = true) {
  const rules = sampleRules();
  const state = readState(facts, rules);
  const actions = planActions(state, rules, sampleCaller(), now);
  return attentionOf({ state, actions, logs, now });
}

const withInfra = (facts: ComponentFacts, more: Partial<InfraFacts>) => ({
  ...facts,
  infra: { ...(facts.infra as InfraFacts), ...more },
});
const fine = () =>
  sampleFacts({
    releases: ledgerReleases,
    landings: [landing('dev', '0.4.1')],
    clusters: { dev: healthy('0.4.1') },
    databases: { dev: level('0015_reconciliation') },
  });

describe('attentionOf', () => {
  it('is empty when nothing needs anybody', () => {
    expect(attention(fine())).toEqual([]);
  });

  describe('when nothing runs', () => {
    it('says what is down and why, what ran last, and what mends it', () => {
      expect(attention(brokenStaging())[0]).toEqual({
        rank: 1,
        code: 'CRASH_LOOP',
        environment: 'staging',
        since: ago({ minutes: 1 }),
        sentence: 'staging is down: 0.4.1 exits at start (code 1, 2 restarts).',
        hint: '0.4.0 ran here until 14:02.',
        object: 'ledger-7d9c6-x2x9q',
        exitCode: 1,
        restarts: 2,
        log: ['Traceback', 'ValueError: unknown time zone "Rome"'],
        action: 'roll-back',
      });
    });

    it('keeps the log from who may not read it, and not the cause', () => {
      const [down] = attention(brokenStaging(), false);
      expect(down).not.toHaveProperty('log');
      expect(down.sentence).toContain('exits at start');
    });
  });

  it('tells a failed rollout beside which the old version still runs', () => {
    const facts = brokenStaging();
    const staging = healthy('0.4.0', {
      health: { kind: 'failed', since: ago({ minutes: 1 }) },
      cause: facts.clusters.staging.cause,
    });
    const [first] = attention({
      ...facts,
      clusters: { ...facts.clusters, staging },
    });
    expect(first).toMatchObject({
      rank: 2,
      sentence: 'staging failed: 0.4.1 exits at start (code 1, 2 restarts).',
      hint: '0.4.0 still runs.',
    });
  });

  it('tells a service that a migration left stopped', () => {
    const stopped = {
      ...fine(),
      clusters: { dev: healthy('0.4.1', { health: { kind: 'stopped' } }) },
    };
    expect(attention(stopped)).toEqual([]);
    const failures = [
      {
        id: '1',
        at: ago({ minutes: 2 }),
        verb: 'migration' as const,
        environment: 'dev',
        error: { message: 'no space' },
      },
    ];
    expect(attention({ ...stopped, failures })).toEqual([
      expect.objectContaining({
        rank: 2,
        code: 'DATABASE_LEFT',
        action: 'deploy',
      }),
    ]);
  });

  it('tells a release that was cut, and a tag that was moved', () => {
    const facts = sampleFacts({
      releases: [
        release('0.3.0', { unfinished: ['image-tag', 'forge-release'] }),
        release('0.2.0', {
          moved: {
            from: '1b77e0'.padEnd(40, '0'),
            to: '44ac10'.padEnd(40, '0'),
          },
        }),
      ],
    });
    expect(
      attention(facts).map(({ rank, sentence }) => [rank, sentence]),
    ).toEqual([
      [2, 'The release of 0.3.0 is unfinished: image-tag, forge-release.'],
      [
        3,
        'v0.2.0 was moved from 1b77e0… to 44ac10…; it is not deployed any more.',
      ],
    ]);
  });

  it('tells an overlay that nobody can read', () => {
    const facts = withInfra(fine(), {
      wanted: {
        staging: {
          kind: 'unreadable',
          path: 'ledger/staging/kustomization.yaml',
          line: 7,
          sentence: 'tab in indentation.',
          commit: '8be1a02'.padEnd(40, '0'),
          by: { name: 'user:default/guest' },
        },
      },
    });
    expect(attention(facts)[0]).toMatchObject({
      rank: 3,
      sentence:
        "staging's overlay cannot be read: kustomization.yaml line 7, tab in indentation (commit 8be1a02 by guest).",
    });
  });

  it('tells what somebody changed by hand', () => {
    const shared = { object: 'Deployment/ledger', manager: 'kubectl' };
    const drift = {
      kind: 'drifted' as const,
      fields: [
        {
          ...shared,
          field: 'replicas',
          wanted: '1',
          live: '2',
          at: ago({ minutes: 3 }),
        },
        {
          ...shared,
          field: 'image',
          wanted: `ghcr.io/acme/ledger@${digest('0.4.1')}`,
          live: 'ghcr.io/acme/ledger:test',
        },
      ],
      omitted: 0,
    };
    const facts = {
      ...fine(),
      clusters: { dev: healthy('0.4.1', { drift }) },
    };
    expect(attention(facts)).toEqual([
      expect.objectContaining({
        rank: 4,
        since: ago({ minutes: 3 }),
        sentence: `2 fields differ from git: Deployment/ledger replicas 2 instead of 1, image :test instead of ${digest(
          '0.4.1',
        ).slice(0, 13)}…, changed by kubectl.`,
        action: 'deploy',
      }),
    ]);
  });

  it('tells what waits for a merge, and whether its source went on', () => {
    const waiting = {
      version: '0.4.0',
      kind: 'merge' as const,
      since: ago({ minutes: 1 }),
      requestedBy: owner,
    };
    const facts = withInfra(fine(), { waiting: { production: waiting } });
    expect(attention(facts)[0]).toMatchObject({
      rank: 5,
      since: ago({ minutes: 1 }),
      sentence: '0.4.0 waits for a merge, requested by owner.',
      action: 'merge',
    });
    const moved = sampleFacts({
      releases: ledgerReleases,
      landings: [landing('staging', '0.4.1')],
      infra: { waiting: { production: waiting } },
    });
    const found = attention(moved).find(({ rank }) => rank === 5);
    expect(found?.hint).toBe(
      'staging now runs 0.4.1. This change still brings 0.4.0.',
    );
  });

  it('tells a migration that failed, until something came about on the database', () => {
    const sentence =
      'dev: 0016_rates.sql line 9 failed its check: 3 rows. The database is unchanged, at 0015.';
    const failed = {
      id: 'task:7',
      at: ago({ minutes: 5 }),
      verb: 'migration' as const,
      environment: 'dev',
      error: { code: 'MIGRATION_ASSERT_FAILED', message: sentence },
    };
    const dev = level('0015_reconciliation');
    const facts = { ...fine(), databases: { dev }, failures: [failed] };
    expect(attention(facts)).toEqual([
      expect.objectContaining({
        rank: 6,
        code: 'MIGRATION_FAILED',
        sentence,
        hint: 'Change the migration and release it again.',
        run: 'task:7',
      }),
    ]);
    const locked = {
      ...failed,
      error: { ...failed.error, code: 'DATABASE_LOCKED' },
    };
    expect(attention({ ...facts, failures: [locked] })).toEqual([]);
    const restores = [{ backup: 'b', at: ago({ minutes: 1 }) }];
    expect(
      attention({ ...facts, databases: { dev: { ...dev, restores } } }),
    ).toEqual([]);
  });

  it('tells migrations that the wanted version waits for', () => {
    const facts = { ...fine(), databases: { dev: level('0014_step14') } };
    expect(attention(facts)).toEqual([
      expect.objectContaining({
        rank: 6,
        sentence: 'Database 0014, 0.4.1 needs 0015: 1 migration pending.',
        action: 'migrate',
      }),
    ]);
  });

  describe('when a source is silent', () => {
    const silent = (minutes: number) =>
      sampleSources({
        id: 'cluster:staging',
        state: 'late',
        asOf: ago({ minutes }),
        error: { code: 'X', message: 'connection refused', hint: 'Look.' },
      });

    it('is patient for ten minutes', () => {
      expect(attention({ ...fine(), sources: silent(10) })).toEqual([]);
      expect(attention({ ...fine(), sources: silent(11) })).toEqual([
        {
          rank: 7,
          code: 'SOURCE_LATE',
          environment: 'staging',
          since: ago({ minutes: 11 }),
          sentence:
            "staging's cluster has not answered since 13:54: connection refused. The rest is current.",
          hint: 'Look.',
        },
      ]);
    });

    it('leaves a sentence of its own as it is', () => {
      const said = 'The portal may not read staging (token expired).';
      const hint = 'Your platform team can renew it.';
      const sources = sampleSources({
        id: 'cluster:staging',
        state: 'failed',
        error: { code: 'LIVE_TOKEN_REFUSED', message: said, hint },
      });
      expect(attention({ ...fine(), sources })).toMatchObject([
        { code: 'SOURCE_NEVER_READ', sentence: said, hint },
      ]);
    });

    it('says so at once of one that never answered', () => {
      const sources = sampleSources({ id: 'infra', state: 'failed' });
      expect(attention({ ...fine(), sources })).toEqual([
        expect.objectContaining({
          rank: 7,
          sentence: 'The infra repository has never answered.',
        }),
      ]);
    });
  });

  describe('when work is forgotten', () => {
    const unreleased = (days: number) => ({
      ...fine(),
      repository: {
        ...(fine().repository as Extract<
          ComponentFacts['repository'],
          { kind: 'repository' }
        >),
        lines: [
          line({
            count: 9,
            counting: 2,
            next: next('0.5.0'),
            commits: [
              waitingCommit('fix: a', { at: ago({ days: 2 }) }),
              waitingCommit('fix: b', { at: ago({ days }) }),
              waitingCommit('docs: c', {
                at: ago({ days: 90 }),
                level: 'none',
              }),
            ],
          }),
        ],
      },
    });

    it('is patient for 14 days with commits that count', () => {
      expect(attention(unreleased(14))).toEqual([]);
      expect(attention(unreleased(20))).toEqual([
        expect.objectContaining({
          rank: 8,
          since: ago({ days: 20 }),
          sentence: '9 commits unreleased, next 0.5.0.',
          action: 'release',
        }),
      ]);
    });

    it('tells a version that nobody promoted', () => {
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [
          landing('dev', '0.4.0', { at: ago({ days: 15 }) }),
          landing('staging', '0.3.0', { at: ago({ days: 20 }) }),
        ],
        clusters: { dev: healthy('0.4.0'), staging: healthy('0.3.0') },
      });
      expect(attention(facts)).toEqual([
        expect.objectContaining({
          rank: 8,
          environment: 'staging',
          sentence: '0.4.0 is in dev and was not promoted to staging.',
          action: 'promote',
        }),
      ]);
    });
  });

  it('has the worst first', () => {
    const facts = withInfra(brokenStaging(), {
      waiting: {
        production: {
          version: '0.4.0',
          kind: 'merge',
          since: ago({ days: 1 }),
          requestedBy: developer,
        },
      },
    });
    const ranks = attention({
      ...facts,
      sources: sampleSources({ id: 'registry', state: 'failed' }),
      databases: { dev: level('empty') },
    }).map(({ rank }) => rank);
    expect(ranks).toEqual([1, 5, 6, 7]);
  });
});
