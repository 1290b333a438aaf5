import {
  brokenStaging,
  ledgerReleases,
  level,
} from '../__testUtils__/ledger-world';
import { plan, promotable, shown } from '../__testUtils__/planned-actions';
import {
  ago,
  developer,
  healthy,
  landing,
  now,
  sampleFacts,
  sampleRules,
  sampleSources,
} from '../__testUtils__/sample-facts';

describe('planActions, of rollbacks and what is broken', () => {
  describe('when a rollout failed', () => {
    it('puts the way back first, and promotes nothing from there', () => {
      const actions = plan(brokenStaging());
      const staging = actions.filter(
        ({ environment }) => environment === 'staging',
      );
      expect(staging[0]).toMatchObject({
        id: 'roll-back',
        version: '0.4.0',
        label: { sentence: 'Roll back to 0.4.0…' },
        to: { formData: { intent: 'rollback', rollbackTo: 'v0.4.0' } },
        state: 'ready',
      });
      expect(shown(actions, 'promote', 'production')[0][1]).toBe(
        'staging is down.',
      );
      expect(shown(actions, 'reject')).toContainEqual([
        'Reject 0.4.1…',
        'ready',
      ]);
    });

    it('is not held back by the deployment that is still waited for', () => {
      const run = {
        id: 'task:1',
        kind: 'deployment' as const,
        environment: 'staging',
        version: '0.4.1',
        via: 'page' as const,
        startedAt: ago({ minutes: 5 }),
        url: '/tasks/1',
      };
      const actions = plan(brokenStaging({ runs: [run] }));
      expect(shown(actions, 'roll-back', 'staging')[0][1]).toBe('ready');
      expect(shown(actions, 'deploy', 'staging')[0][1]).toBe(
        'Deployment of 0.4.1 to staging is running',
      );
      const back = plan(
        brokenStaging({ runs: [{ ...run, version: '0.4.0', by: developer }] }),
      );
      expect(shown(back, 'roll-back', 'staging')[0][1]).toBe(
        'Deployment of 0.4.0 to staging is running, started by developer',
      );
    });

    it('does not deploy what was rejected, and offers the version before it', () => {
      const releases = [
        {
          ...ledgerReleases[0],
          rejected: {
            by: developer,
            at: now.toISOString(),
            reason: 'wrong time zone value',
          },
        },
        ...ledgerReleases.slice(1),
      ];
      const facts = sampleFacts({
        releases,
        landings: [landing('dev', '0.3.0')],
        clusters: { dev: healthy('0.3.0') },
      });
      expect(shown(plan(facts), 'deploy', 'dev')).toEqual([
        ['Deploy 0.4.0 to dev…', 'ready'],
        ['Deploy 0.4.1 to dev…', 'Rejected: wrong time zone value.'],
      ]);
    });
  });

  describe('when the database does not bear the version before', () => {
    const rolledBack = (at: string) =>
      sampleFacts({
        releases: ledgerReleases.slice(2),
        landings: [
          landing('dev', '0.2.0', {
            outcome: { kind: 'healthy', at: ago({ hours: 1 }) },
          }),
          landing('dev', '0.1.0', {
            at: ago({ days: 3 }),
            outcome: { kind: 'healthy', at: ago({ days: 3 }) },
          }),
        ],
        clusters: { dev: healthy('0.2.0') },
        databases: { dev: level(at) },
      });

    it('names the migration that took away what it reads', () => {
      expect(
        shown(plan(rolledBack('0013_budgets')), 'roll-back', 'dev'),
      ).toEqual([
        [
          'Roll back to 0.1.0…',
          '0.1.0 cannot run on this database: 0006_payees removed what it reads. Restore a backup from before it, or choose 0.2.0 or later.',
        ],
      ]);
    });

    it('lists those that cannot run behind the one that can, on the level that the cluster showed', () => {
      const cameUp = (version: string, days: number) =>
        landing('staging', version, {
          at: ago({ days }),
          outcome: { kind: 'healthy', at: ago({ days }) },
        });
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [cameUp('0.3.0', 1), cameUp('0.2.0', 2), cameUp('0.1.0', 3)],
        clusters: { staging: healthy('0.3.0') },
      });
      const rules = sampleRules({ staging: { migrates: false } });
      const actions = plan(facts, { rules });
      expect(shown(actions, 'roll-back', 'staging')).toEqual([
        ['Roll back to 0.2.0…', 'ready'],
        [
          'Roll back to 0.1.0…',
          '0.1.0 cannot run on this database: 0006_payees removed what it reads. Restore a backup from before it, or choose 0.2.0 or later.',
        ],
      ]);
      // What a database has at least holds nothing else back.
      expect(shown(actions, 'deploy', 'staging')).not.toContainEqual([
        expect.anything(),
        expect.stringMatching(/^Migrate staging first/),
      ]);
    });

    it('goes back where the migration was not applied', () => {
      expect(
        shown(plan(rolledBack('0005_accounts')), 'roll-back', 'dev'),
      ).toEqual([['Roll back to 0.1.0…', 'ready']]);
    });
  });

  describe('when rollouts never came up', () => {
    it('goes back to the last version that did', () => {
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [
          landing('dev', '0.4.1', {
            at: ago({ minutes: 1 }),
            outcome: { kind: 'failed' },
          }),
          landing('dev', '0.4.0', {
            at: ago({ minutes: 5 }),
            outcome: { kind: 'failed' },
          }),
          landing('dev', '0.3.0', {
            at: ago({ minutes: 9 }),
            outcome: { kind: 'healthy' },
          }),
        ],
      });
      expect(shown(plan(facts), 'roll-back', 'dev')[0][0]).toBe(
        'Roll back to 0.3.0…',
      );
    });

    it('does not return to what a rollback just left', () => {
      const up = { outcome: { kind: 'healthy' as const } };
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [
          landing('dev', '0.3.0', {
            at: ago({ minutes: 1 }),
            rollback: true,
            ...up,
          }),
          landing('dev', '0.4.0', { at: ago({ minutes: 5 }), ...up }),
          landing('dev', '0.3.0', { at: ago({ minutes: 9 }), ...up }),
          landing('dev', '0.2.0', { at: ago({ minutes: 12 }), ...up }),
        ],
        clusters: { dev: healthy('0.3.0') },
      });
      expect(shown(plan(facts), 'roll-back', 'dev')[0][0]).toBe(
        'Roll back to 0.2.0…',
      );
    });
  });

  describe('when a cluster does not answer', () => {
    const facts = () => ({
      ...promotable(),
      sources: sampleSources({
        id: 'cluster:staging',
        state: 'late',
        asOf: ago({ minutes: 3 }),
      }),
    });

    it('holds back what needs it, there and one further', () => {
      const actions = plan(facts());
      const sentence = "staging's cluster does not answer.";
      expect(shown(actions, 'deploy', 'staging')[0][1]).toBe(sentence);
      expect(shown(actions, 'promote', 'staging')[0][1]).toBe(sentence);
      expect(shown(actions, 'promote', 'production')[0][1]).toBe(sentence);
      expect(shown(actions, 'roll-back', 'production')[0][1]).toBe('ready');
      expect(shown(actions, 'deploy', 'dev')[0][1]).not.toBe(sentence);
    });

    const silent = () =>
      brokenStaging({
        sources: sampleSources({ id: 'cluster:staging', state: 'failed' }),
      });

    it('holds a rollback back only where it is applied to the cluster', () => {
      const applied = plan(silent());
      expect(shown(applied, 'roll-back', 'staging')[0][1]).toBe(
        "staging's cluster does not answer.",
      );
      expect(
        shown(
          plan(silent(), {
            rules: sampleRules({ staging: { mode: 'commit' } }),
          }),
          'roll-back',
          'staging',
        )[0],
      ).toEqual(['Roll back to 0.4.0…', 'ready']);
    });
  });
});
