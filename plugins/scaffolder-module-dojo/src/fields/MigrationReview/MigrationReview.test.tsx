import { screen, waitFor } from '@testing-library/react';
import {
  migrationBody,
  nothingToMigrate,
  operation,
  plannedMigration,
  refusedMigration,
  rehearsed,
} from 'backstage-plugin-dojo-common/testUtils';
import { keptRehearsals } from '../../components/Rehearsal/keptRehearsals';
import { openReview } from '../../__testUtils__/openReview';
import { reviewContract } from '../../__testUtils__/reviewContract';
import { MigrationReview } from './MigrationReview';
import { validateMigrationReview } from './validateMigrationReview';

const form = {
  asks: { component: 'Component', environment: 'Environment' },
  title: 'Migration',
  holds: {
    rehearsed: 'Rehearsed',
    from: 'From',
    to: 'To',
    planHash: 'Plan',
  },
  field: {
    name: 'DojoMigrationReview',
    component: MigrationReview,
    validation: validateMigrationReview,
  },
  initialState: migrationBody,
};

describe('MigrationReview', () => {
  afterEach(() => keptRehearsals.forget(plannedMigration().planHash));

  reviewContract({
    form,
    url: 'http://example.com/api/dojo/plans/migration',
    planned: plannedMigration,
    headline: 'Migrate ledger on dev to 0.4.0 (0013 -> 0015)',
    value: {
      version: '0.4.0',
      rehearsed: 'Not rehearsed',
      from: '0013_tags',
      to: '0015_integrity',
    },
    change: {
      label: 'Environment',
      typed: '2',
      name: 'environment',
      becomes: 'dev2',
      headline: 'Migrate ledger on dev2 to 0.4.0 (0013 -> 0015)',
    },
    mayNot: {
      permission: 'dojo.migration.run',
      sentence: 'You may not migrate locked on dev.',
    },
    progress: 'Computing the migration plan…',
  });

  it.each([
    [
      'there is nothing to do',
      nothingToMigrate(),
      /Every migration is applied/,
    ],
    ['the plan is refused', refusedMigration(), /2 errors must be corrected/],
  ])('does not go on where %s', async (_, result, says) => {
    const { press, doesNotGoOn } = await openReview(form, () => ({
      body: result,
    }));
    await press('Next');

    expect(await screen.findByText(says)).toBeInTheDocument();
    await doesNotGoOn();
  });

  it('does not go on where what was rehearsed fails', async () => {
    const { press } = await openReview(form, (_, { url }) =>
      url.endsWith('/rehearsals/migration')
        ? {
            status: 202,
            body: operation({
              state: 'failed',
              error: {
                code: 'MIGRATION_ASSERT_FAILED',
                kind: 'refused',
                message: 'Rehearsal failed at 0016_rates.sql line 9: 3 rows.',
              },
            }),
          }
        : { body: plannedMigration() },
    );
    await press('Next');
    await press('Not rehearsed. Rehearse first?');
    await screen.findAllByText(/^Rehearsal failed at/);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Review' })).toBeDisabled(),
    );
    keptRehearsals.forget(plannedMigration().planHash);
  });

  it('keeps the rehearsal of its plan, and tells the confirmation of it', async () => {
    const result = plannedMigration({ rehearsal: rehearsed() });
    const { press, onCreate } = await openReview(form, (_, { url }) =>
      url.endsWith('/rehearsals/migration')
        ? { status: 202, body: operation({ state: 'done', result }) }
        : { body: plannedMigration() },
    );
    await press('Next');
    await press('Not rehearsed. Rehearse first?');
    expect(await screen.findByText(/^Rehearsed/)).toHaveTextContent(
      /^Rehearsed .* ago, 1\.2 sec$/,
    );
    await press('Review');
    expect(await screen.findByText('Succeeded in 1.2 sec')).toBeVisible();
    await press('Back');

    expect(await screen.findByText(/^Rehearsed/)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Rehearse again' }),
    ).toBeVisible();
    expect(screen.getAllByRole('table')).not.toHaveLength(0);
    await press('Review');
    await press('Create');
    expect(onCreate).toHaveBeenCalledWith(
      expect.objectContaining({
        review: expect.objectContaining({ rehearsed: 'Succeeded in 1.2 sec' }),
      }),
    );
  });

  it('asks for component and environment where one is missing, and requests no plan', async () => {
    const initialState = { ...migrationBody, environment: '' };
    const { press, requests } = await openReview(
      { ...form, initialState },
      () => ({ body: plannedMigration() }),
    );
    await press('Next');

    expect(
      await screen.findByText('Component and environment are not chosen yet'),
    ).toBeInTheDocument();
    expect(requests).toEqual([]);
  });
});
