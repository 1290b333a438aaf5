import { screen, waitFor } from '@testing-library/react';
import {
  migrationBody,
  nothingToMigrate,
  plannedMigration,
  refusedMigration,
} from '../../__testUtils__/migrationResult';
import { openReview } from '../../__testUtils__/openReview';
import {
  type Answerer,
  dojoFailure,
  lateAnswer,
} from '../../__testUtils__/planBackend';
import { MigrationReview } from './MigrationReview';
import { validateMigrationReview } from './validateMigrationReview';

const open = (answer: Answerer, initialState = migrationBody) =>
  openReview({
    asks: { component: 'Component', environment: 'Environment' },
    title: 'Migration',
    holds: { from: 'From', to: 'To', planHash: 'Plan' },
    field: {
      name: 'DojoMigrationReview',
      component: MigrationReview,
      validation: validateMigrationReview,
    },
    initialState,
    answer,
  });

const headline = 'Migrate ledger on dev from 0013 to 0015';

describe('MigrationReview', () => {
  describe('when the plan is ready', () => {
    it('gives the form the plan that was shown', async () => {
      const result = plannedMigration();
      const form = await open(() => ({ body: result }));
      await form.press('Next');

      await screen.findByRole('heading', { name: headline });
      await form.press('Review');
      await form.press('Create');

      expect(form.onCreate).toHaveBeenCalledWith({
        ...migrationBody,
        review: {
          planHash: result.planHash,
          from: '0013_tags',
          to: '0015_integrity',
        },
      });
      expect(form.requests.map(({ url, body }) => ({ url, body }))).toEqual([
        {
          url: 'http://example.com/api/dojo/plans/migration',
          body: migrationBody,
        },
      ]);
    });
  });

  describe('when the form changes after a review', () => {
    it('asks for a new plan and forgets the old one at once', async () => {
      const late = lateAnswer();
      const form = await open(({ environment }) =>
        environment === 'dev2' ? late.answer : { body: plannedMigration() },
      );
      await form.press('Next');
      await screen.findByRole('heading', { name: headline });
      await form.press('Back');
      await form.user.type(await screen.findByLabelText('Environment'), '2');
      await form.press('Next');

      await waitFor(() => expect(form.requests).toHaveLength(2));
      await form.doesNotGoOn();

      late.give({
        body: { ...plannedMigration(), planHash: 'f'.repeat(64) },
      });
      await screen.findByRole('heading', {
        name: 'Migrate ledger on dev2 from 0013 to 0015',
      });
      await form.press('Review');
      await form.press('Create');
      expect(form.onCreate).toHaveBeenCalledWith(
        expect.objectContaining({
          environment: 'dev2',
          review: expect.objectContaining({ planHash: 'f'.repeat(64) }),
        }),
      );
    });
  });

  it.each([
    [
      'there is nothing to do',
      nothingToMigrate(),
      /Every migration is applied/,
    ],
    ['the plan is refused', refusedMigration(), /2 errors must be corrected/],
  ])('does not go on where %s', async (_, result, says) => {
    const form = await open(() => ({ body: result }));
    await form.press('Next');

    expect(await screen.findByText(says)).toBeInTheDocument();
    await form.doesNotGoOn();
  });

  it('says why there is no plan and what to do, and tries again', async () => {
    let fails = true;
    const form = await open(() =>
      fails
        ? dojoFailure({
            code: 'LEDGER_LOCKED',
            kind: 'unavailable',
            message: 'the ledger is locked by python3 (process 7)',
            hint: 'Stop it, and try again.',
          })
        : { body: plannedMigration() },
    );
    await form.press('Next');

    expect(
      await screen.findByText('the ledger is locked by python3 (process 7)'),
    ).toBeInTheDocument();
    expect(screen.getByText('Stop it, and try again.')).toBeInTheDocument();

    fails = false;
    await form.press('Retry');
    expect(
      await screen.findByRole('heading', { name: headline }),
    ).toBeInTheDocument();
  });

  it('asks for component and environment where one is missing, and requests no plan', async () => {
    const form = await open(() => ({ body: plannedMigration() }), {
      ...migrationBody,
      environment: '',
    });
    await form.press('Next');

    expect(
      await screen.findByText('Component and environment are not chosen yet'),
    ).toBeInTheDocument();
    expect(form.requests).toEqual([]);
  });

  it('ends the request when the page is left while the plan is computed', async () => {
    const form = await open(() => new Promise(() => {}));
    await form.press('Next');
    await waitFor(() => expect(form.requests).toHaveLength(1));
    await form.press('Back');

    expect(form.requests[0].signal?.aborted).toBe(true);
  });
});
