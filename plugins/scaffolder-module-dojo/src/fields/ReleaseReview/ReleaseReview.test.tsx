import { screen } from '@testing-library/react';
import {
  nothingToRelease,
  plannedRelease,
} from 'backstage-plugin-dojo-common/testUtils';
import { openReview } from '../../__testUtils__/openReview';
import { dojoFailure } from '../../__testUtils__/planBackend';
import { reviewContract } from '../../__testUtils__/reviewContract';
import { ReleaseReview } from './ReleaseReview';
import { validateReleaseReview } from './validateReleaseReview';

const form = {
  asks: { component: 'Component', bump: 'Bump' },
  title: 'Release',
  holds: { version: 'Version', date: 'Date', planHash: 'Plan' },
  field: {
    name: 'DojoReleaseReview',
    component: ReleaseReview,
    validation: validateReleaseReview,
  },
  initialState: { component: 'component:default/ledger' },
};

describe('ReleaseReview', () => {
  reviewContract({
    form,
    url: 'http://example.com/api/dojo/plans/release',
    planned: plannedRelease,
    headline: 'Release ledger 0.4.0',
    value: { version: '0.4.0', date: '2026-11-22' },
    change: {
      label: 'Bump',
      typed: 'major',
      name: 'bump',
      becomes: 'major',
      headline: 'Release ledger 0.4.0',
    },
    mayNot: {
      permission: 'dojo.release.create',
      sentence: 'You may not release locked.',
    },
    progress: 'Computing the release plan…',
  });

  describe('when there is nothing to release', () => {
    it('says so with the newest version, and the form does not go on', async () => {
      const { press, doesNotGoOn } = await openReview(form, () => ({
        body: nothingToRelease(),
      }));
      await press('Next');

      expect(
        await screen.findByText(
          'Nothing to release since 0.4.0: go back to choose a version yourself.',
        ),
      ).toBeInTheDocument();
      await doesNotGoOn();
    });
  });

  describe('when the reader has no permission', () => {
    it('says so, and which permission it is', async () => {
      const { press } = await openReview(form, () =>
        dojoFailure({
          code: 'DENIED',
          kind: 'denied',
          message: 'you may not read plans of component:default/ledger',
        }),
      );
      await press('Next');

      expect(
        await screen.findByText('You may not see the plan of this component'),
      ).toBeInTheDocument();
      expect(screen.getByText(/dojo\.delivery\.read/)).toBeInTheDocument();
    });
  });

  describe('when no component is chosen', () => {
    it('asks for one and requests no plan', async () => {
      const { press, requests } = await openReview(
        { ...form, initialState: { component: '' } },
        () => ({ body: plannedRelease() }),
      );
      await press('Next');

      expect(
        await screen.findByText('No component is chosen'),
      ).toBeInTheDocument();
      expect(requests).toEqual([]);
    });
  });
});
