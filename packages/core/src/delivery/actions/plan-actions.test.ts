import {
  frozen,
  plan,
  promotable,
  shown,
} from '../__testUtils__/planned-actions';
import {
  ago,
  owner,
  sampleCaller,
  sampleRules,
} from '../__testUtils__/sample-facts';

describe('planActions', () => {
  describe('when the caller may do nothing', () => {
    it('plans nothing at all', () => {
      expect(
        plan(promotable(), { caller: sampleCaller({ change: false }) }),
      ).toEqual([]);
    });

    it('leaves out what is not permitted, and what has no template', () => {
      const caller = sampleCaller({
        may: (verb, environment) => verb === 'deploy' && environment === 'dev',
      });
      const ids = plan(promotable(), { caller }).map(
        ({ id, environment }) => `${id} ${environment}`,
      );
      expect(ids).toEqual(['deploy dev', 'roll-back dev', 'set-up dev']);
      const rules = sampleRules({}, { templates: {} });
      expect(plan(promotable(), { rules })).toEqual([]);
    });
  });

  describe('when the environment is frozen', () => {
    it('holds back all but the rollback, with the end of the freeze', () => {
      const rules = sampleRules({ production: { frozen } });
      const actions = plan(promotable(), { rules });
      const promote = actions.find(
        ({ id, environment }) =>
          id === 'promote' && environment === 'production',
      );
      expect(promote?.state).toEqual({ code: 'DEPLOY_FROZEN', ...frozen });
      expect(shown(actions, 'roll-back', 'production')).toEqual([
        ['Roll back to 0.2.0…', 'ready'],
      ]);
    });
  });

  describe('when an overlay cannot be read', () => {
    it('says which line of which file, at each verb there and nowhere else', () => {
      const facts = promotable();
      const actions = plan({
        ...facts,
        infra: {
          ...(facts.infra as Extract<typeof facts.infra, { kind: 'infra' }>),
          wanted: {
            staging: {
              kind: 'unreadable',
              path: 'ledger/staging/kustomization.yaml',
              line: 7,
              sentence: 'tab in indentation',
              commit: '8be1a02'.padEnd(40, '0'),
              by: { name: 'guest' },
            },
          },
        },
      });
      const sentence =
        "staging's overlay cannot be read: kustomization.yaml line 7, tab in indentation (commit 8be1a02 by guest).";
      expect(shown(actions, 'roll-back', 'staging')[0][1]).toBe(sentence);
      expect(shown(actions, 'set-up', 'staging')[0][1]).toBe(sentence);
      expect(shown(actions, 'promote', 'production')[0][1]).toBe(sentence);
      expect(shown(actions, 'set-up', 'dev')[0][1]).toBe('ready');
    });
  });

  describe('when a change waits for its merge', () => {
    const facts = (url?: string) => {
      const base = promotable();
      return {
        ...base,
        infra: {
          ...(base.infra as Extract<typeof base.infra, { kind: 'infra' }>),
          waiting: {
            production: {
              version: '0.4.0',
              kind: 'merge' as const,
              since: ago({ minutes: 1 }),
              requestedBy: owner,
              ...(url !== undefined && { url }),
            },
          },
        },
      };
    };

    it('lets somebody else merge it', () => {
      const caller = sampleCaller({ ref: 'user:default/developer' });
      const [merge] = plan(facts(), { caller }).filter(
        ({ id }) => id === 'merge',
      );
      expect(merge).toMatchObject({
        label: { sentence: 'Review and merge 0.4.0…' },
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
      expect(plan(facts('https://forge.example/1'), { caller })).toContainEqual(
        expect.objectContaining({
          id: 'merge',
          to: { url: 'https://forge.example/1' },
        }),
      );
    });

    it('does not let who asked for it merge it, nor anybody in a freeze', () => {
      expect(shown(plan(facts()), 'merge', 'production')).toEqual([
        [
          'Review and merge 0.4.0…',
          'You requested this change; somebody else has to merge it.',
        ],
      ]);
      const actions = plan(facts(), {
        caller: sampleCaller({ ref: 'user:default/developer' }),
        rules: sampleRules({ production: { frozen } }),
      });
      expect(shown(actions, 'merge', 'production')[0][1]).toBe(frozen.sentence);
      expect(shown(plan(facts()), 'roll-back', 'production')[0][1]).toBe(
        'ready',
      );
    });
  });
});
