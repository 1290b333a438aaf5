import { screen, within } from '@testing-library/react';
import {
  nothingToDeploy,
  nothingToMigrate,
  nothingToRelease,
  plannedShipment,
  refusedDeployment,
  refusedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { openReview } from '../../__testUtils__/openReview';
import { dojoFailure } from '../../__testUtils__/planBackend';
import { ShipReview } from './ShipReview';
import { validateShipReview } from './validateShipReview';

const component = 'component:default/ledger';
const form = {
  asks: { component: 'Component', environment: 'Environment', bump: 'Bump' },
  title: 'Ship',
  holds: {
    what: 'What happens',
    date: 'Date',
    release: 'Release',
    migration: 'Migration',
    deployment: 'Deployment',
  },
  field: {
    name: 'DojoShipReview',
    component: ShipReview,
    validation: validateShipReview,
  },
  initialState: { component, environment: 'dev' },
};
const headline = 'Ship ledger 0.4.0 to dev';
const none = (reason: string) => ({ kind: 'none' as const, reason });
const planned = <T,>(result: T) => ({ kind: 'planned' as const, result });
type Parts = Parameters<typeof plannedShipment>[0];

async function openWith(parts: Parts = {}, more: object = {}) {
  const plan = { ...plannedShipment(parts), ...more };
  const opened = await openReview(form, () => ({ body: plan }));
  await opened.press('Next');
  await screen.findAllByRole('heading', { level: 3 });
  return { ...opened, plan };
}

describe('ShipReview', () => {
  it.each(['dojo.release.create', 'dojo.environment.change'])(
    'asks for no plan where the reader has not %s',
    async permission => {
      // Of their own: what was answered about others is remembered for a moment.
      const initialState = {
        component: `component:default/without-${permission}`,
        environment: `dev-${permission}`,
      };
      const { press, requests, doesNotGoOn } = await openReview(
        { ...form, initialState },
        () => ({ body: plannedShipment() }),
        [permission],
      );
      await press('Next');
      expect(
        await screen.findAllByText(
          `You may not ship without-${permission} to dev-${permission}.`,
        ),
      ).not.toEqual([]);
      await doesNotGoOn();
      expect(requests).toEqual([]);
    },
  );

  it('gives the form the identity of each plan that was shown', async () => {
    const { press, onCreate, requests, plan } = await openWith();
    expect(screen.getByRole('heading', { name: headline })).toBeInTheDocument();
    await press('Review');
    await press('Create');

    const { release, migration, deployment } = plan;
    const hashOf = (part: typeof migration | typeof deployment) =>
      part.kind === 'planned' ? part.result.planHash : '';
    expect(onCreate).toHaveBeenCalledWith({
      ...form.initialState,
      review: {
        planHash: `${release.planHash} ${hashOf(migration)} ${hashOf(
          deployment,
        )}`,
        what: headline,
        version: '0.4.0',
        tag: 'v0.4.0',
        date: release.plan.decides.release?.date,
        base: release.plan.decides.base,
        release: release.planHash,
        afterRelease: release.planHash,
        migration: hashOf(migration),
        deployment: hashOf(deployment),
      },
    });
    expect(requests.map(({ url, body }) => ({ url, body }))).toEqual([
      {
        url: 'http://example.com/api/dojo/plans/shipment',
        body: form.initialState,
      },
    ]);
  });

  it('shows what will happen, what breaks, database, overlay and release, in this order', async () => {
    await openWith();
    const page = screen.getByRole('region', { name: 'Plans of the shipment' });
    const order = [
      headline,
      'What will happen',
      'Breaking change',
      'Migrate dev database 0013 -> 0015 (2 migrations, all or nothing)',
      'Deploy ledger v0.4.0 to dev (from v0.2.0)',
      'Release ledger 0.4.0',
    ];
    const headings = within(page)
      .getAllByRole('heading')
      .map(({ textContent }) => textContent ?? '')
      .filter(text => order.includes(text));
    expect(headings).toEqual(order);
    expect(
      within(page).getByText(/^Back up the current database/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('the release commit, not made yet', { exact: false }),
    ).toBeInTheDocument();
    expect(
      within(page).getAllByRole('heading', { name: 'What will happen' }),
    ).toHaveLength(1);
    expect(
      screen.queryByRole('button', { name: /Rehearse/ }),
    ).not.toBeInTheDocument();
  });

  it('says which part there is not, and goes on with the others', async () => {
    const { press, onCreate } = await openWith({
      migration: none('dev has no database, so that none is migrated.'),
    });
    expect(
      screen.getByText('dev has no database, so that none is migrated.'),
    ).toBeInTheDocument();
    await press('Review');
    await press('Create');
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({
        review: expect.not.objectContaining({ migration: expect.anything() }),
      }),
    );
  });

  it('ships the newest version where nothing is to release', async () => {
    const { press, onCreate } = await openWith({ release: nothingToRelease() });
    await press('Review');
    await press('Create');
    const { planHash } = nothingToRelease();
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({
        review: expect.objectContaining({ release: planHash }),
      }),
    );
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({
        review: expect.not.objectContaining({
          afterRelease: expect.anything(),
        }),
      }),
    );
  });

  it.each<[string, Parts]>([
    ['a migration that is refused', { migration: planned(refusedMigration()) }],
    [
      'a deployment that is refused',
      { deployment: planned(refusedDeployment()) },
    ],
  ])('does not go on with %s: nothing of it begins', async (_, parts) => {
    const { doesNotGoOn } = await openWith(parts);
    expect(
      screen.getByText(
        'One of the plans may not run, so that nothing begins. It says why below.',
      ),
    ).toBeInTheDocument();
    await doesNotGoOn();
  });

  it('does not go on where everything is there already', async () => {
    const { doesNotGoOn } = await openWith({
      release: nothingToRelease(),
      migration: planned(nothingToMigrate()),
      deployment: planned(nothingToDeploy()),
    });
    expect(
      screen.getByRole('heading', {
        name: 'Nothing to ship: dev has ledger 0.4.0',
      }),
    ).toBeInTheDocument();
    await doesNotGoOn();
  });

  it('says why there is no plan, and does not go on', async () => {
    const { press, doesNotGoOn } = await openReview(form, () =>
      dojoFailure({
        code: 'DEPLOY_RELEASE_CHANGES_BASE',
        kind: 'refused',
        message: 'the release changes deploy/k8s/base/VERSION',
      }),
    );
    await press('Next');
    expect(
      await screen.findByText('The release changes deploy/k8s/base/VERSION'),
    ).toBeInTheDocument();
    await doesNotGoOn();
  });

  it('asks for an environment first', async () => {
    const { press, requests } = await openReview(
      { ...form, initialState: { component } },
      () => ({ body: plannedShipment() }),
    );
    await press('Next');
    expect(
      await screen.findByText('Component and environment are not chosen yet'),
    ).toBeInTheDocument();
    expect(requests).toEqual([]);
  });
});
