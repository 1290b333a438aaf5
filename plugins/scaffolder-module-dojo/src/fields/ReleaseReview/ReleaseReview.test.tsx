import { screen, waitFor, within } from '@testing-library/react';
import { openReview } from '../../__testUtils__/openReview';
import {
  type Answerer,
  dojoFailure,
  lateAnswer,
} from '../../__testUtils__/planBackend';
import {
  nothingToRelease,
  plannedRelease,
} from '../../__testUtils__/releaseResult';
import { ReleaseReview } from './ReleaseReview';
import { validateReleaseReview } from './validateReleaseReview';

const component = 'component:default/ledger';

const open = (answer: Answerer, initialState = { component }) =>
  openReview({
    asks: { component: 'Component', bump: 'Bump' },
    title: 'Release',
    holds: { version: 'Version', date: 'Date', planHash: 'Plan' },
    field: {
      name: 'DojoReleaseReview',
      component: ReleaseReview,
      validation: validateReleaseReview,
    },
    initialState,
    answer,
  });

const headline = 'Release ledger 0.4.0';

describe('ReleaseReview', () => {
  describe('when the plan is ready', () => {
    it('gives the form the plan that was shown', async () => {
      const result = plannedRelease();
      const form = await open(() => ({ body: result }));
      await form.press('Next');

      await screen.findByRole('heading', { name: headline });
      await form.press('Review');
      await form.press('Create');

      expect(form.onCreate).toHaveBeenCalledWith({
        component,
        review: {
          planHash: result.planHash,
          version: '0.4.0',
          date: '2026-11-22',
        },
      });
      expect(form.requests.map(({ url, body }) => ({ url, body }))).toEqual([
        {
          url: 'http://example.com/api/dojo/plans/release',
          body: { component },
        },
      ]);
    });
  });

  describe('when the form changes after a review', () => {
    it('asks for a new plan and forgets the old one at once', async () => {
      const late = lateAnswer();
      const form = await open(({ bump }) =>
        bump === 'major' ? late.answer : { body: plannedRelease() },
      );
      await form.press('Next');
      await screen.findByRole('heading', { name: headline });
      await form.press('Back');
      await form.user.type(await screen.findByLabelText('Bump'), 'major');
      await form.press('Next');

      await waitFor(() => expect(form.requests).toHaveLength(2));
      await form.doesNotGoOn();

      late.give({ body: { ...plannedRelease(), planHash: 'f'.repeat(64) } });
      await screen.findByRole('heading', { name: headline });
      await form.press('Review');
      await form.press('Create');
      expect(form.onCreate).toHaveBeenCalledWith(
        expect.objectContaining({
          bump: 'major',
          review: expect.objectContaining({ planHash: 'f'.repeat(64) }),
        }),
      );
    });
  });

  describe('when there is nothing to release', () => {
    it('says so with the newest version, and the form does not go on', async () => {
      const form = await open(() => ({ body: nothingToRelease() }));
      await form.press('Next');

      expect(
        await screen.findByText('ledger 0.4.0 is the newest release.'),
      ).toBeInTheDocument();
      await form.doesNotGoOn();
    });
  });

  describe('when the plan cannot be computed', () => {
    it('says why and what to do, and tries again', async () => {
      let fails = true;
      const form = await open(() =>
        fails
          ? dojoFailure({
              code: 'GIT_UNREACHABLE',
              kind: 'unavailable',
              message: 'file:ledger.git does not answer',
              hint: 'Start the forge.',
            })
          : { body: plannedRelease() },
      );
      await form.press('Next');

      expect(
        await screen.findByText('file:ledger.git does not answer'),
      ).toBeInTheDocument();
      expect(screen.getByText('Start the forge.')).toBeInTheDocument();

      fails = false;
      await form.press('Retry');

      expect(
        await screen.findByRole('heading', { name: headline }),
      ).toBeInTheDocument();
    });
  });

  describe('when the reader has no permission', () => {
    it('says so, and which permission it is', async () => {
      const form = await open(() =>
        dojoFailure({
          code: 'DENIED',
          kind: 'denied',
          message: 'you may not read plans of component:default/ledger',
        }),
      );
      await form.press('Next');

      expect(
        await screen.findByText('You may not see the plan of this component'),
      ).toBeInTheDocument();
      expect(screen.getByText(/dojo\.delivery\.read/)).toBeInTheDocument();
    });
  });

  describe('when no component is chosen', () => {
    it('asks for one and requests no plan', async () => {
      const form = await open(() => ({ body: plannedRelease() }), {
        component: '',
      });
      await form.press('Next');

      expect(
        await screen.findByText('No component is chosen'),
      ).toBeInTheDocument();
      expect(form.requests).toEqual([]);
    });
  });

  describe('when the page is left while the plan is computed', () => {
    it('ends the request', async () => {
      const form = await open(() => new Promise(() => {}));
      await form.press('Next');
      await waitFor(() => expect(form.requests).toHaveLength(1));
      expect(
        within(screen.getByRole('status')).getByText(
          'Computing the release plan…',
        ),
      ).toBeInTheDocument();

      await form.press('Back');

      expect(form.requests[0].signal?.aborted).toBe(true);
    });
  });
});
