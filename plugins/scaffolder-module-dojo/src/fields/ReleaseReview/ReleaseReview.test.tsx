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
  holds: { version: 'Version', date: 'Date', base: 'Base', planHash: 'Plan' },
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
    value: {
      version: '0.4.0',
      date: '2026-11-22',
      base: plannedRelease().plan.decides.base,
    },
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

  describe('when the same is reviewed again', () => {
    const mark = 'New since your last review';
    const pushed = () => {
      const plan = plannedRelease();
      const [newest] = plan.plan.shows.commits;
      plan.planHash = 'e'.repeat(64);
      plan.plan.shows.commits.unshift({
        ...newest,
        sha: '9'.repeat(40),
        subject: 'docs: how accounts are listed',
      });
      return plan;
    };
    const twice = async (second: () => ReturnType<typeof plannedRelease>) => {
      const answers = [plannedRelease(), second()];
      const opened = await openReview(form, () => ({
        body: answers.length > 1 ? answers.shift() : answers[0],
      }));
      const { press } = opened;
      await press('Next');
      await screen.findByRole('heading', { name: 'Release ledger 0.4.0' });
      await press('Back');
      await press('Next');
      await screen.findByRole('heading', { name: 'Release ledger 0.4.0' });
      return opened;
    };

    it('marks what is new in the plan, and says that it changed', async () => {
      await twice(pushed);

      expect(
        screen.getByText('The plan changed since your last review'),
      ).toBeVisible();
      expect(
        screen.getByRole('row', { name: /how accounts are listed/ }),
      ).toHaveTextContent(mark);
      expect(screen.getAllByText(mark)).toHaveLength(1);
    });

    it('marks nothing where it is the same plan', async () => {
      await twice(plannedRelease);

      expect(screen.queryByText(mark)).toBeNull();
      expect(
        screen.queryByText('The plan changed since your last review'),
      ).toBeNull();
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
