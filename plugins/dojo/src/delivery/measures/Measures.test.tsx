import { screen, waitFor, within } from '@testing-library/react';
import type { EnvironmentMeasures } from 'backstage-plugin-dojo-common';
import {
  deliveryMeasures,
  deliveryNow,
  environmentMeasures,
  healthyDelivery,
  unreleasedDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { openDelivery } from '../__testUtils__/openDelivery';

const none: EnvironmentMeasures = {
  ...environmentMeasures({ days: 30 }),
  deployments: { count: 0, perDay: [], rollbacks: 0, configuration: 0 },
};
const openMeasures = (...measures: EnvironmentMeasures[]) =>
  openDelivery(healthyDelivery(), {
    measures: () => deliveryMeasures(measures),
  });
const findFigure = (name: string) => screen.findByRole('region', { name });

describe('Measures', () => {
  beforeEach(() =>
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse(deliveryNow)),
  );
  afterEach(() => jest.restoreAllMocks());

  it('shows four figures, each with its rule', async () => {
    openMeasures(environmentMeasures());

    expect(await findFigure('Deployments')).toHaveTextContent(
      /12 deployments2 rollbacks and 1 configuration change are not counted\.A deployment is/,
    );
    expect(await findFigure('Lead time')).toHaveTextContent(
      /^Lead time1\.9 d\(median of 48 commits\); the first deployment has none\./,
    );
    expect(await findFigure('Failed')).toHaveTextContent('4 of 12 failed');
    expect(await findFigure('Recovered in')).toHaveTextContent(
      /^Recovered in6 min\(median of 3\); 1 still open for 5 min\./,
    );
  });

  it('opens the deployments that failed, each once, with its reason and the way to it', async () => {
    const { user } = openMeasures(environmentMeasures());
    const figure = await findFigure('Failed');
    await user.click(within(figure).getByText('Show all 4'));

    const items = within(figure).getAllByRole('listitem');
    await waitFor(() =>
      expect(items[0]).toHaveTextContent('0.4.1 5 min ago its rollout failed'),
    );
    expect(items).toHaveLength(4);
    expect(items[3]).toHaveTextContent('f00d000 rejected');
    expect(within(items[0]).getByRole('link')).toHaveAttribute(
      'href',
      expect.stringContaining('/infra/commit/'),
    );
  });

  it('says the values of its charts', async () => {
    openMeasures(environmentMeasures());

    expect(
      await screen.findByRole('img', {
        name: 'Median lead time each week, oldest first: 2.6 d, 2.2 d, –, 2.8 d, 1.4 d, 1.7 d, 1.9 d',
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('img', { name: /^Deployments each week/ }),
    ).toBeVisible();
  });

  it('draws no line below three values', async () => {
    const measures = environmentMeasures();
    openMeasures({
      ...measures,
      leadTime: {
        ...measures.leadTime,
        perWeek: measures.leadTime.perWeek.slice(0, 3),
      },
    });

    await findFigure('Lead time');
    expect(screen.queryByRole('img', { name: /lead time/ })).toBeNull();
  });

  it('has no zeros and no axes before the first deployment', async () => {
    openDelivery(unreleasedDelivery(), {
      measures: () => deliveryMeasures([none]),
    });

    expect(
      await screen.findByText('No deployment to production yet.'),
    ).toBeVisible();
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('says of a quiet window that it is only the window', async () => {
    openMeasures(none);

    expect(
      await screen.findByText(
        'No deployment to production in the last 30 days.',
      ),
    ).toBeVisible();
  });

  it('asks for 90 days', async () => {
    const { user, requests } = openMeasures(environmentMeasures());
    await findFigure('Deployments');
    await user.click(screen.getByRole('radio', { name: '90 days' }));

    await waitFor(() =>
      expect(requests.map(({ url }) => url)).toContainEqual(
        expect.stringMatching(/measures\?days=90$/),
      ),
    );
  });

  it('shows one environment at a time', async () => {
    const { user } = openMeasures(
      environmentMeasures(),
      environmentMeasures({
        environment: 'production-us',
        failures: { failed: 0, of: 12, list: [] },
      }),
    );
    expect(await findFigure('Failed')).toHaveTextContent('4 of 12 failed');
    await user.click(screen.getByRole('radio', { name: 'production-us' }));

    expect(
      await screen.findByRole('heading', { name: 'Measures of production-us' }),
    ).toBeVisible();
    expect(await findFigure('Failed')).toHaveTextContent('0 of 12 failed');
  });

  it('says what is not observed and that the history is shorter', async () => {
    const measures = environmentMeasures({ from: '2026-11-03T00:00:00.000Z' });
    const failures =
      'Failures are counted from rollbacks, rejections and hotfixes only.';
    openMeasures({ ...measures, rules: { ...measures.rules, failures } });

    expect(await screen.findByText(failures)).toBeVisible();
    expect(screen.getByText('since 3 Nov')).toBeVisible();
  });
});
