import { ledgerReleases, level } from '../__testUtils__/ledger-world';
import { plan, promotable, shown } from '../__testUtils__/planned-actions';
import {
  ago,
  healthy,
  landing,
  release,
  sampleFacts,
  sampleRules,
} from '../__testUtils__/sample-facts';

describe('planActions, of deployments', () => {
  describe('when only the first environment has a version', () => {
    const facts = () =>
      sampleFacts({
        releases: [release('0.1.0')],
        landings: [landing('dev', '0.1.0')],
        infra: {
          wanted: {
            dev: {
              kind: 'version',
              version: '0.1.0',
              base: release('0.1.0').sha,
              commit: release('0.1.0').sha,
              at: ago({ minutes: 3 }),
              change: 'first',
            },
            staging: { kind: 'nothing', prepared: true },
          },
        },
      });
    const unobserved = sampleRules({
      dev: { observed: false },
      staging: { observed: false },
    });

    it('lets the next one take it, and not the one after it', () => {
      const actions = plan(facts(), { rules: unobserved });
      expect(shown(actions, 'deploy', 'staging')).toEqual([
        ['Deploy 0.1.0 to staging…', 'ready'],
      ]);
      expect(shown(actions, 'promote', 'staging')).toEqual([
        ['Promote 0.1.0 to staging…', 'ready'],
      ]);
      for (const id of ['deploy', 'promote'] as const) {
        expect(shown(actions, id, 'production')[0][1]).toBe(
          'Nothing runs in staging yet.',
        );
      }
    });

    it('offers to set up what has no overlay, and to change what has one', () => {
      const actions = plan(facts(), { rules: unobserved });
      expect(shown(actions, 'set-up', 'production')).toEqual([
        ['Set up production…', 'ready'],
      ]);
      expect(shown(actions, 'set-up', 'staging')).toEqual([
        ['Change staging…', 'ready'],
      ]);
      const deploy = actions.find(
        ({ id, environment }) =>
          id === 'deploy' && environment === 'production',
      );
      expect(deploy?.to).toMatchObject({ formData: { overlay: true } });
    });

    it('brings an overlay back that was removed', () => {
      const removed = sampleFacts({
        releases: [release('0.1.0')],
        landings: [
          landing('dev', '0.1.0', {
            base: undefined,
            version: undefined,
            digest: undefined,
            removed: true,
            at: ago({ minutes: 1 }),
          }),
          landing('dev', '0.1.0'),
        ],
        infra: {
          wanted: {
            dev: {
              kind: 'nothing',
              removed: {
                commit: release('0.1.0').sha,
                at: ago({ minutes: 1 }),
              },
            },
          },
        },
      });
      const [action] = plan(removed).filter(({ id }) => id === 'set-up');
      expect(action).toMatchObject({
        label: { sentence: 'Restore the former overlay…' },
        to: {
          formData: { intent: 'version', version: 'v0.1.0', restore: true },
        },
        state: 'ready',
      });
    });
  });

  describe('when an environment takes over from another', () => {
    it('promotes what runs healthy there', () => {
      const [action] = plan(promotable()).filter(
        ({ id, environment }) =>
          id === 'promote' && environment === 'production',
      );
      expect(action).toEqual({
        id: 'promote',
        environment: 'production',
        version: '0.4.0',
        label: {
          code: 'promote',
          values: { version: '0.4.0', environment: 'production' },
          sentence: 'Promote 0.4.0 to production…',
        },
        to: {
          template: 'template:default/deploy',
          formData: {
            component: 'component:default/ledger',
            environment: 'production',
            intent: 'promote',
            promoteFrom: 'staging',
          },
        },
        state: 'ready',
      });
    });

    it.each([
      ['rolling-out', 'staging is still rolling out.'],
      ['stopped', 'staging is stopped.'],
      ['not-deployed', 'Nothing runs in staging yet.'],
    ] as const)('takes nothing over that is %s', (kind, sentence) => {
      const facts = promotable();
      const clusters = {
        ...facts.clusters,
        staging: healthy('0.4.0', { health: { kind } }),
      };
      const actions = plan({ ...facts, clusters });
      expect(shown(actions, 'promote', 'production')[0][1]).toBe(sentence);
    });

    it('takes over what landed where nobody observes it', () => {
      const rules = sampleRules({ staging: { observed: false } });
      const actions = plan(promotable(), { rules });
      expect(shown(actions, 'promote', 'production')).toEqual([
        ['Promote 0.4.0 to production…', 'ready'],
      ]);
    });

    it('gets no other version where only what was promoted lands', () => {
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [landing('dev', '0.4.0'), landing('staging', '0.3.0')],
        clusters: { dev: healthy('0.4.0'), staging: healthy('0.3.0') },
      });
      const rules = sampleRules({ staging: { promotedOnly: true } });
      expect(shown(plan(facts, { rules }), 'deploy', 'staging')).toEqual([
        [
          'Deploy 0.4.1 to staging…',
          'staging takes over what dev has, and nothing else.',
        ],
      ]);
    });
  });

  describe('when a fix of an earlier line is wanted', () => {
    const facts = sampleFacts({
      releases: [
        ...ledgerReleases.slice(1, 2),
        release('0.3.1', { previous: '0.3.0', at: ago({ minutes: 2 }) }),
        ...ledgerReleases.slice(2),
      ],
      landings: [
        landing('dev', '0.4.0'),
        landing('staging', '0.4.0'),
        landing('production', '0.3.0'),
      ],
      clusters: { dev: healthy('0.4.0'), staging: healthy('0.4.0') },
    });

    it('comes to staging by itself, and to production from there only', () => {
      expect(shown(plan(facts), 'deploy', 'staging')).toEqual([
        ['Deploy 0.3.1 to staging…', 'ready'],
      ]);
      expect(shown(plan(facts), 'deploy', 'production')).toContainEqual([
        'Deploy 0.3.1 to production…',
        'production takes over what staging has, and nothing else.',
      ]);
    });
  });

  describe('when a fix of an earlier line was released last', () => {
    it('offers it beside the newest version', () => {
      const facts = sampleFacts({
        releases: [
          ledgerReleases[1],
          release('0.3.1', { previous: '0.3.0', at: ago({ minutes: 2 }) }),
          ...ledgerReleases.slice(2),
        ],
        landings: [landing('dev', '0.3.0')],
        clusters: { dev: healthy('0.3.0') },
      });
      expect(shown(plan(facts), 'deploy', 'dev')).toEqual([
        ['Deploy 0.3.1 to dev…', 'ready'],
        ['Deploy 0.4.0 to dev…', 'ready'],
      ]);
    });
  });

  describe('when migrations are pending', () => {
    const facts = (at = '0014_step14') =>
      sampleFacts({
        releases: ledgerReleases.slice(1),
        landings: [landing('dev', '0.2.0')],
        clusters: { dev: healthy('0.2.0') },
        databases: { dev: level(at) },
      });

    it('holds the deployment back, and offers the migration', () => {
      const actions = plan(facts());
      expect(shown(actions, 'deploy', 'dev')).toEqual([
        [
          'Deploy 0.4.0 to dev…',
          'Migrate dev first (1 pending), or choose Migrate and deploy.',
        ],
      ]);
      expect(shown(actions, 'migrate', 'dev')).toEqual([
        ['Migrate dev to 0.4.0…', 'ready'],
      ]);
    });

    it('says where the database is already', () => {
      expect(
        shown(plan(facts('0015_reconciliation')), 'migrate', 'dev'),
      ).toEqual([['Migrate dev to 0.4.0…', 'Already at 0015.']]);
    });

    it('has no verb for a database that is not migrated from here', () => {
      const ids = plan(facts()).filter(
        ({ environment }) => environment === 'production',
      );
      expect(ids.map(({ id }) => id)).not.toContain('migrate');
    });
  });

  describe('when somebody changed the cluster by hand', () => {
    it('offers the same version again', () => {
      const facts = promotable();
      const drift = {
        kind: 'drifted' as const,
        fields: [],
        omitted: 1,
      };
      const actions = plan({
        ...facts,
        clusters: { ...facts.clusters, dev: healthy('0.4.0', { drift }) },
      });
      expect(shown(actions, 'deploy', 'dev')).toEqual([
        ['Deploy 0.4.0 to dev again…', 'ready'],
      ]);
      expect(
        actions.find(({ label }) => label.code === 'deploy-again')?.to,
      ).toMatchObject({
        formData: { rollout: { conflicts: 'takeover' } },
      });
    });
  });
});
