import { screen } from '@testing-library/react';
import { plannedService } from 'backstage-plugin-dojo-common/testUtils';
import { openReview } from '../../__testUtils__/openReview';
import { reviewContract } from '../../__testUtils__/reviewContract';
import { ServiceReview } from './ServiceReview';
import { validateServiceReview } from './validateServiceReview';

const form = {
  // The form of the test waits for a field of this title.
  asks: { name: 'Component', owner: 'Owner', description: 'Description' },
  title: 'New service',
  holds: { what: 'What happens', planHash: 'Plan' },
  field: {
    name: 'DojoServiceReview',
    component: ServiceReview,
    validation: validateServiceReview,
  },
  initialState: {
    name: 'savings',
    owner: 'group:default/accounting',
    description: 'Old',
  },
};
const headline =
  'Creates repository savings.git, 2 overlays and release 0.1.0.';
const { plan } = plannedService();

describe('ServiceReview', () => {
  reviewContract({
    form,
    url: 'http://example.com/api/dojo/plans/service',
    planned: plannedService,
    headline,
    value: {
      what: headline,
      repository: plan.repository.planHash,
      overlays: plan.overlays.planHash,
      release: plan.release.planHash,
    },
    change: {
      label: 'Description',
      typed: 'er',
      name: 'description',
      becomes: 'Older',
      headline,
    },
    progress: 'Looking at catalog, forge and overlays…',
  });

  it('shows each part with its own hash, and what is made in it', async () => {
    const { press } = await openReview(form, () => ({
      body: plannedService(),
    }));
    await press('Next');
    await screen.findByRole('heading', { name: headline });
    for (const text of [
      '11111111…',
      '22222222…',
      '33333333…',
      '54',
      'v0.1.0',
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
    expect(
      screen.getByText(/gets 0\.1\.0, host savings\.dev\.example\.com/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /prepared, no version yet, no host, .* waits for a merge/,
      ),
    ).toBeInTheDocument();
  });

  it('says what stands against it, and does not go on', async () => {
    const { press, doesNotGoOn } = await openReview(form, () => ({
      body: {
        ...plannedService(),
        problems: [
          {
            field: 'name',
            code: 'SERVICE_NAME_TAKEN',
            kind: 'conflict',
            message: 'A component named savings exists already.',
            hint: 'Choose another name.',
          },
        ],
      },
    }));
    await press('Next');
    expect(
      await screen.findByText('A component named savings exists already.'),
    ).toBeInTheDocument();
    expect(screen.queryByText('11111111…')).toBeNull();
    await doesNotGoOn();
  });

  it('says that an earlier run is finished', async () => {
    const { press } = await openReview(form, () => ({
      body: { ...plannedService(), state: 'published' },
    }));
    await press('Next');
    expect(
      await screen.findByText(/An earlier run of this form began/),
    ).toBeInTheDocument();
  });
});
