import type { DeliveryAction } from 'backstage-plugin-dojo-common';
import { ledgerReleases } from '../__testUtils__/ledger-world';
import { plan, shown } from '../__testUtils__/planned-actions';
import {
  ago,
  healthy,
  landing,
  line,
  next,
  owner,
  release,
  sampleFacts,
  waitingCommit,
} from '../__testUtils__/sample-facts';

describe('planActions, of releases', () => {
  describe('when there are commits to release', () => {
    const facts = () =>
      sampleFacts({
        releases: ledgerReleases.slice(2),
        lines: [
          line({ count: 12, counting: 6, next: next('0.4.0') }),
          line({
            branch: 'release/0.3',
            count: 1,
            counting: 1,
            next: next('0.3.1'),
          }),
        ],
        landings: [landing('dev', '0.2.0')],
        clusters: { dev: healthy('0.2.0') },
      });

    it('offers a release of each line and the shipment to the first environment', () => {
      const actions = plan(facts());
      expect(shown(actions, 'release')).toEqual([
        ['Release 0.4.0…', 'ready'],
        ['Release 0.3.1 from release/0.3…', 'ready'],
      ]);
      expect(shown(actions, 'ship', 'dev')).toEqual([
        ['Ship 0.4.0 to dev…', 'ready'],
      ]);
      expect(shown(actions, 'ship', 'staging')).toEqual([]);
    });

    it('fills in the forms', () => {
      const actions = plan(facts());
      const forms = (id: DeliveryAction['id']) =>
        actions.filter(each => each.id === id).map(({ to }) => to);
      expect(forms('release')).toEqual([
        {
          template: 'template:default/release',
          formData: { component: 'component:default/ledger', bump: 'auto' },
        },
        {
          template: 'template:default/release',
          formData: {
            component: 'component:default/ledger',
            bump: 'auto',
            branch: 'release/0.3',
          },
        },
      ]);
      expect(forms('ship')).toEqual([
        {
          template: 'template:default/ship',
          formData: {
            component: 'component:default/ledger',
            environment: 'dev',
            bump: 'auto',
          },
        },
      ]);
    });

    it('holds back the release that runs, and no other verb', () => {
      const runs = [
        {
          id: 'task:1',
          kind: 'release' as const,
          version: '0.4.0',
          by: owner,
          via: 'page' as const,
          startedAt: ago({ seconds: 3 }),
          url: '/tasks/1',
        },
      ];
      const actions = plan({ ...facts(), runs });
      expect(shown(actions, 'release')).toEqual([
        ['Release 0.4.0…', 'Release 0.4.0 is running, started by owner'],
        ['Release 0.3.1 from release/0.3…', 'ready'],
      ]);
      expect(shown(actions, 'deploy', 'dev')).toEqual([
        ['Deploy 0.3.0 to dev…', 'ready'],
      ]);
    });

    it('says who starts a run through an agent, and since when a database is migrated', () => {
      const run = {
        id: 'task:1',
        by: owner,
        startedAt: '2026-11-27T14:02:00.000Z',
        url: '/tasks/1',
      };
      const actions = plan({
        ...facts(),
        runs: [
          { ...run, kind: 'release', version: '0.4.0', via: 'agent' },
          { ...run, kind: 'migration', environment: 'dev', via: 'page' },
        ],
      });
      expect(shown(actions, 'release')[0][1]).toBe(
        'Release 0.4.0 is running, started by owner through an agent',
      );
      expect(shown(actions, 'migrate', 'dev')[0][1]).toBe(
        'dev database is being migrated by owner since 14:02.',
      );
      expect(shown(actions, 'deploy', 'dev')[0][1]).toBe('ready');
    });
  });

  describe('when nothing is released', () => {
    it('says so at every verb that needs a release', () => {
      const actions = plan(
        sampleFacts({
          lines: [line({ count: 5, counting: 3, next: next('0.1.0') })],
        }),
      );
      expect(shown(actions, 'release')).toEqual([['Release 0.1.0…', 'ready']]);
      expect(shown(actions, 'deploy', 'dev')).toEqual([
        ['Deploy to dev…', 'Release it first.'],
      ]);
      expect(shown(actions, 'promote', 'production')).toEqual([
        ['Promote from staging to production…', 'Release it first.'],
      ]);
    });
  });

  describe('when all is released and deployed', () => {
    it('says that there is nothing to do', () => {
      const actions = plan(
        sampleFacts({
          releases: [release('0.1.0')],
          landings: [landing('dev', '0.1.0')],
          clusters: { dev: healthy('0.1.0') },
        }),
      );
      expect(shown(actions, 'release')).toEqual([
        ['Release a version…', 'No commits since 0.1.0.'],
      ]);
      expect(shown(actions, 'deploy', 'dev')).toEqual([
        ['Deploy 0.1.0 to dev again…', 'dev has 0.1.0 already.'],
      ]);
      expect(shown(actions, 'roll-back', 'dev')).toEqual([
        ['Roll back dev…', 'No other version ran in dev yet.'],
      ]);
    });

    it('lets a cut release be ended', () => {
      const facts = sampleFacts({
        releases: [release('0.1.0', { unfinished: ['forge-release'] })],
      });
      expect(shown(plan(facts), 'release')).toEqual([
        ['Finish the release of 0.1.0…', 'ready'],
      ]);
    });
  });

  it('offers no release of a branch that holds no commits', () => {
    const facts = sampleFacts({
      releases: ledgerReleases,
      lines: [
        line({ count: 1, counting: 0, commits: [waitingCommit('docs: x')] }),
        line({ branch: 'release/0.3' }),
      ],
    });
    expect(shown(plan(facts), 'release')).toEqual([
      ['Release a version…', 'No commit since 0.4.1 counts for a release.'],
    ]);
  });
});
