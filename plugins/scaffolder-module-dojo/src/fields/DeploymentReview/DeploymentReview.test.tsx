import { screen } from '@testing-library/react';
import {
  frozenDeployment,
  ledgerDelivery,
  mergedDeployment,
  nothingToDeploy,
  plannedDeployment,
  plannedPromotion,
  plannedRollback,
  refusedDeployment,
  waitingDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import { openReview } from '../../__testUtils__/openReview';
import { dojoFailure } from '../../__testUtils__/planBackend';
import { reviewContract } from '../../__testUtils__/reviewContract';
import { DeploymentReview } from './DeploymentReview';
import { validateDeploymentReview } from './validateDeploymentReview';

const component = 'component:default/ledger';
const form = {
  asks: { component: 'Component', environment: 'Environment', version: 'Tag' },
  title: 'Deploy',
  holds: { what: 'What happens', version: 'Version', planHash: 'Plan' },
  field: {
    name: 'DojoDeploymentReview',
    component: DeploymentReview,
    validation: validateDeploymentReview,
  },
  initialState: { component, environment: 'dev', version: 'v0.3.0' },
};
const headline = 'Deploy ledger v0.3.0 to dev (from v0.2.0)';

describe('DeploymentReview', () => {
  reviewContract({
    form,
    url: 'http://example.com/api/dojo/plans/deployment',
    planned: plannedDeployment,
    headline,
    value: { what: headline, version: 'v0.3.0' },
    change: {
      label: 'Tag',
      typed: '-rc.1',
      name: 'version',
      becomes: 'v0.3.0-rc.1',
      headline,
    },
    mayNot: {
      permission: 'dojo.deployment.create',
      sentence: 'You may not deploy locked to dev.',
    },
    progress: 'Computing the deployment plan…',
  });

  it('says what comes and what leaves, of the database, and who lands it', async () => {
    const leaves = '6 changes leave: 1 breaking, 5 fixes';
    const { press } = await openReview(form, (_, { url }) => ({
      body: url.includes('/delivery/move')
        ? {
            environment: 'dev',
            version: '0.3.0',
            isBelow: true,
            leaves: {
              count: 6,
              sentence: leaves,
              commits: [
                {
                  sha: 'a'.repeat(40),
                  subject: 'fix: <b>\u202e',
                  at: '2026-11-29T12:00:00.000Z',
                  breaking: true,
                },
              ],
              omitted: 5,
            },
            database: 'Database stays at 0015, which 0.3.0 can run on.',
            landing: 'Lands when somebody other than owner merges it.',
          }
        : plannedDeployment(),
    }));
    await press('Next');

    const part = await screen.findByRole('article', {
      name: 'What comes, and what leaves',
    });
    expect(part).toHaveTextContent(leaves);
    expect(part).toHaveTextContent('fix: <b>\ufffd Breaking');
    expect(part).toHaveTextContent('and 5 more');
    expect(part).toHaveTextContent('Database stays at 0015');
    expect(part).toHaveTextContent('Lands when somebody other than owner');
  });

  it('says that it could not be found out', async () => {
    const { press } = await openReview(form, (_, { url }) =>
      url.includes('/delivery/move')
        ? dojoFailure({ code: 'X', kind: 'unavailable', message: 'x' })
        : { body: plannedDeployment() },
    );
    await press('Next');

    expect(
      await screen.findByText(
        'What comes and what leaves could not be found out.',
      ),
    ).toBeVisible();
  });

  it('asks for a promotion where the form says so, and says where from', async () => {
    const { press, requests, onCreate } = await openReview(
      {
        ...form,
        initialState: {
          component,
          environment: 'staging',
          intent: 'promote',
          promoteFrom: 'dev',
          version: 'v0.1.0',
        },
      },
      () => ({ body: plannedPromotion() }),
    );
    await press('Next');
    await screen.findByRole('heading', { level: 3 });

    expect(requests[0].body).toEqual({
      component,
      environment: 'staging',
      promoteFrom: 'dev',
    });
    await press('Review');
    await press('Create');
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({
        review: expect.objectContaining({
          what: 'Promote ledger 0.3.0 from dev to staging',
        }),
      }),
    );
  });

  it.each([
    ['there is nothing to do', nothingToDeploy()],
    ['a finding refuses it', refusedDeployment()],
    ['the environment is frozen', frozenDeployment()],
    [
      'a rule holds it back',
      plannedDeployment({
        blocks: [{ code: 'PROMOTION_NEEDED', message: 'x', hint: 'y' }],
      }),
    ],
  ])('does not go on where %s', async (_, result) => {
    const { press, onCreate, doesNotGoOn } = await openReview(form, () => ({
      body: result,
    }));
    await press('Next');
    await screen.findByRole('heading', { level: 3 });

    await doesNotGoOn();
    expect(onCreate).not.toHaveBeenCalled();
  });

  it('does not lead back to what the database does not bear', async () => {
    const sentence =
      '0.1.0 cannot run on this database: 0006_payees removed what it reads.';
    const delivery = ledgerDelivery({
      actions: [
        {
          id: 'roll-back',
          environment: 'dev',
          version: '0.1.0',
          label: { code: 'x', values: {}, sentence: 'Roll back to 0.1.0…' },
          to: { template: 'template:default/deploy', formData: {} },
          state: { code: 'SCHEMA_BARS_VERSION', sentence },
        },
      ],
    });
    const { press, onCreate, doesNotGoOn } = await openReview(
      {
        ...form,
        initialState: {
          component,
          environment: 'dev',
          intent: 'rollback',
          rollbackTo: 'v0.1.0',
        },
      },
      (_, { method }) => ({
        body: method === 'GET' ? delivery : plannedRollback(),
      }),
    );
    await press('Next');
    expect(await screen.findByText(sentence)).toBeVisible();
    await doesNotGoOn();
    expect(onCreate).not.toHaveBeenCalled();
  });

  describe('when a change waits for its merge already', () => {
    const openWaiting = async (planHash: string) => {
      const planned = plannedPromotion();
      const waiting = waitingDeployment({ environment: 'dev', planHash });
      const { press } = await openReview(form, (_, { method }) => ({
        body: method === 'GET' ? { waiting } : planned,
      }));
      await press('Next');
      await screen.findByRole('button', { name: 'Merge' });
    };
    const merge = 'It lands when somebody merges it; until then staging';

    it('shows it once where it is what was asked for, and says that nothing is added', async () => {
      await openWaiting(plannedPromotion().planHash);

      expect(
        screen.getByText('This change already waits; nothing was added.'),
      ).toBeVisible();
      expect(
        screen.getAllByRole('article', { name: 'Files of the overlay' }),
      ).toHaveLength(1);
      expect(screen.queryByText(merge, { exact: false })).toBeNull();
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(screen.getByRole('article', { name: 'Why' })).toBeVisible();
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        /^The plan is ready, and waits for its merge: Promote ledger/,
      );
      expect(screen.getByRole('button', { name: 'Review' })).toBeEnabled();
    });

    it('shows both where another one is asked for', async () => {
      await openWaiting('f'.repeat(64));

      expect(screen.queryByText(/already waits/)).toBeNull();
      expect(
        screen.getAllByRole('article', { name: 'Files of the overlay' }),
      ).toHaveLength(2);
      expect(screen.getByText(merge, { exact: false })).toBeVisible();
    });
  });

  it('keeps saying that a change was merged, after the plan was made anew', async () => {
    let merged = false;
    const { press, requests } = await openReview(form, (_, { url, method }) => {
      if (url.endsWith('/merges/deployment')) {
        merged = true;
        return { body: { ...mergedDeployment(), environment: 'dev' } };
      }
      if (method === 'GET') {
        return {
          body: merged
            ? {}
            : { waiting: waitingDeployment({ environment: 'dev' }) },
        };
      }
      const asked = plannedPromotion();
      return { body: merged ? nothingToDeploy() : asked };
    });
    await press('Next');
    await screen.findByRole('button', { name: 'Merge' });
    await press('Merge');

    expect(
      await screen.findByRole('heading', { name: /^Nothing to deploy/ }),
    ).toBeVisible();
    expect(
      screen.getByText('Merged: v0.3.0 is in the overlay of dev'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Merge' })).toBeNull();
    expect(requests.map(({ url }) => url.split('/dojo/')[1])).toEqual([
      'plans/deployment',
      expect.stringMatching(/dev\/waiting$/),
      'merges/deployment',
      'plans/deployment',
    ]);
  });

  it('says which permission is missing', async () => {
    const { press } = await openReview(form, () =>
      dojoFailure({
        code: 'DENIED',
        kind: 'denied',
        message: 'you may not read plans of component:default/ledger',
      }),
    );
    await press('Next');

    expect(await screen.findByText(/dojo\.delivery\.read/)).toBeInTheDocument();
  });

  it('asks for the choices first, and for no plan', async () => {
    const { press, requests } = await openReview(
      { ...form, initialState: { component } },
      () => ({ body: plannedDeployment() }),
    );
    await press('Next');

    expect(
      await screen.findByText('What goes where is not chosen yet'),
    ).toBeInTheDocument();
    expect(requests).toEqual([]);
  });
});
