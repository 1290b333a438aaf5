import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import {
  migrationBody,
  nothingToMigrate,
  nothingToRestore,
  plannedMigration,
  plannedRestore,
  refusedMigration,
  shownMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { MigrationPlanReview } from './MigrationPlanReview';

function review(state: AnswerState<MigrationResult>, onRetry = jest.fn()) {
  return renderInTestApp(
    <MigrationPlanReview
      body={migrationBody}
      state={state}
      onRetry={onRetry}
    />,
    { apis: [mockApis.discovery(), mockApis.fetch()] },
  );
}

const loaded = (result: MigrationResult, onRetry?: jest.Mock) =>
  review({ kind: 'loaded', result }, onRetry);

const headings = () =>
  screen
    .getAllByRole('heading')
    .map(({ tagName, textContent }) => `${tagName} ${textContent}`);

const section = (name: string) => within(screen.getByRole('article', { name }));

describe('MigrationPlanReview', () => {
  afterEach(() => jest.restoreAllMocks());

  describe('when migrations are pending', () => {
    it('heads with where it leads, and the promise; then has its headings in order', () => {
      loaded(plannedMigration());

      expect(headings()).toEqual([
        'H3 Migrate ledger on dev to 0.4.0 (0013 -> 0015)',
        'H4 What will happen',
        'H4 Backups',
        'H4 The database now',
        'H4 Rehearsal',
        'H4 2 pending migrations',
        'H5 0014_reconciliation',
        'H5 0015_integrity',
        'H4 1 cache to rebuild',
        'H5 caches/accounts',
      ]);
      expect(
        screen.getByText(
          (_, element) =>
            element?.tagName === 'P' &&
            element.textContent ===
              '2 migrations of 0013_tags to 0015_integrity are pending · plan 3b9e71c0…: if anything changes before it runs, it stops',
        ),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('region', { name: 'Migration plan' }),
      ).toBeVisible();
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        'The plan is ready: Migrate ledger on dev to 0.4.0 (0013 -> 0015).',
      );
    });

    it('shows the database as it is, with units', () => {
      loaded(plannedMigration());

      const facts = section('The database now');
      const terms = facts.getAllByRole('term').map(term => term.textContent);
      const values = facts.getAllByRole('definition').map(d => d.textContent);
      expect(terms.map((term, at) => `${term}: ${values[at]}`)).toEqual([
        'Schema: 0013_tags',
        'Migrations applied: 13',
        'Size: 2.6 MB',
        'Storage version: 64 (DuckDB v1.0.0 and later)',
        'Written by: DuckDB v1.3.2',
        'Runs on: DuckDB v1.5.5',
        'File: /data/dev/ledger.duckdb',
      ]);
    });

    it('says how much is not folded into the file yet', () => {
      const result = plannedMigration();
      result.plan.shows.database = {
        ...result.plan.shows.database!,
        walBytes: 12_288,
        creator: '',
      };
      loaded(result);

      expect(
        screen.getByText('2.6 MB, and 12 kB not folded in yet'),
      ).toBeVisible();
      expect(screen.queryByText('Written by')).toBeNull();
    });

    it('shows the warnings of the plan, and that there is no backup yet', () => {
      loaded(
        plannedMigration({ warnings: ['The caches are left as they are'] }),
      );

      expect(screen.getByText('The caches are left as they are')).toBeVisible();
      expect(screen.getByText('There is none yet.')).toBeVisible();
    });

    it('shows text from files letter by letter', () => {
      const hostile = '<img src=x onerror="alert(1)">';
      const { container } = loaded(
        plannedMigration({
          reason: hostile,
          warnings: [hostile],
          migrations: [
            shownMigration({ id: hostile, sql: hostile, asserts: [hostile] }),
          ],
          findings: [
            {
              code: 'LINT_SPLIT',
              severity: 'note',
              message: hostile,
              hint: hostile,
            },
          ],
        }),
      );

      expect(container.querySelector('img')).toBeNull();
      expect(
        screen.getAllByText(hostile, { exact: false }).length,
      ).toBeGreaterThan(6);
    });
  });

  describe('when there is no database yet', () => {
    it('says that it is made, and who will open it', () => {
      const result = plannedMigration({ database: undefined });
      result.plan.decides.from = undefined;
      result.plan.decides.storageVersion = 'v1.0.0';
      loaded(result);

      expect(
        screen.getByRole('heading', {
          name: 'Create the database of ledger on dev for 0.4.0 (0015)',
        }),
      ).toBeVisible();
      expect(screen.getByText('there is no database yet')).toBeVisible();
      expect(screen.getByText('DuckDB v1.0.0 and later')).toBeVisible();
    });
  });

  it('has a headline for a database without a migration, and one for its caches', () => {
    const result = plannedMigration();
    result.plan.decides.from = undefined;
    const { unmount } = loaded(result);
    expect(
      screen.getByRole('heading', {
        name: 'Migrate ledger on dev to 0.4.0 (no migration -> 0015)',
      }),
    ).toBeVisible();
    expect(screen.getByText('no migration')).toBeVisible();
    unmount();

    const caches = plannedMigration();
    caches.plan.kind = 'rebuild-caches';
    loaded(caches);
    expect(
      screen.getByRole('heading', {
        name: 'Rebuild the caches of ledger on dev with 0.4.0',
      }),
    ).toBeVisible();
  });

  it('names no release where the SQL is of none', () => {
    const headline = (result: MigrationResult) => {
      const { unmount } = loaded({ ...result, version: undefined });
      const name = screen.getByRole('heading', { level: 3 }).textContent;
      unmount();
      return name;
    };
    const created = plannedMigration({ database: undefined });
    const caches = plannedMigration();
    caches.plan.kind = 'rebuild-caches';

    expect([plannedMigration(), created, caches].map(headline)).toEqual([
      'Migrate ledger on dev (0013 -> 0015)',
      'Create the database of ledger on dev (0015)',
      'Rebuild the caches of ledger on dev',
    ]);
  });

  it('says so where there is nothing to do, and offers nothing', () => {
    loaded(nothingToMigrate());

    expect(
      screen.getByRole('heading', { name: 'Nothing to do for ledger on dev' }),
    ).toBeVisible();
    expect(
      screen.getByText('Every migration is applied, up to 0015_integrity'),
    ).toBeVisible();
    expect(screen.queryByText('What will happen')).toBeNull();
    expect(
      screen.queryByRole('button', { name: 'Not rehearsed. Rehearse first?' }),
    ).toBeNull();
  });

  it('marks the backup that will be restored among those there are, and says how old each is', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));
    loaded(plannedRestore());

    expect(
      screen.getByRole('heading', {
        name: /^Restore dev database from the backup of (?:22 Nov )?\d\d:\d\d \(0015 -> 0013\)$/,
      }),
    ).toBeVisible();
    const rows = section('Backups')
      .getAllByRole('rowheader')
      .map(header => header.closest('tr')!.textContent);
    expect(rows).toEqual([
      expect.stringMatching(
        /^5 minutes ago Pre-restore20261123T080000000Z-0014_replaced00142\.6 MB$/,
      ),
      expect.stringMatching(
        /^1 day ago Will be restored20261122T071530123Z-001300132\.6 MB$/,
      ),
      expect.stringMatching(
        /^21 days ago 20261101T101500000Z-0000no migration12 kB$/,
      ),
    ]);
    expect(screen.getByText('5 minutes ago')).toHaveAttribute(
      'title',
      expect.stringMatching(/November 23, 2026.*:00:00/),
    );
    expect(
      screen.queryByRole('button', { name: 'Not rehearsed. Rehearse first?' }),
    ).toBeNull();
  });

  it('says so where the database is that backup already, and marks it', () => {
    loaded(nothingToRestore());

    expect(
      screen.getByRole('heading', { name: 'Nothing to do for ledger on dev' }),
    ).toBeVisible();
    expect(
      screen.getByText(
        'The database is already backup 20261122T071530123Z-0013.',
      ),
    ).toBeVisible();
    expect(screen.getAllByText('Current')).toHaveLength(1);
    expect(screen.queryByText('Will be restored')).toBeNull();
    expect(screen.queryByText('What will happen')).toBeNull();
  });

  describe('when it is refused', () => {
    it('lists what to put right, the worst first: where, why, what to write', () => {
      loaded(refusedMigration());

      expect(
        screen.getByText('Nothing runs: 2 errors must be corrected first'),
      ).toBeVisible();
      expect(
        section('Findings')
          .getAllByRole('listitem')
          .map(({ textContent }) => textContent),
      ).toEqual([
        'Error0014_reconciliation.sql:2LINT_EMBEDDED_TRANSACTIONCOMMIT ends the transaction that the migration runs inWrite instead:CREATE TABLE reconciliations (id BIGINT);',
        'Error0007_transfers.sqlAPPLIED_EDITED0007_transfers.sql was changed after it was appliedPut it back as it was.',
        'Warning0014_reconciliation.sql:3LINT_ADD_COLUMN_NOT_NULLthe column gets no default',
      ]);
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(
        screen.queryByRole('button', {
          name: 'Not rehearsed. Rehearse first?',
        }),
      ).toBeNull();
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        'The plan is ready, but 2 errors refuse it',
      );
    });

    it('does not head with nothing to do where there is something to put right', () => {
      const { findings } = refusedMigration().plan.shows;
      const result = nothingToMigrate();
      result.plan.shows = { ...result.plan.shows, findings };
      loaded(result);

      expect(
        screen.getByRole('heading', {
          name: 'Nothing can run for ledger on dev',
        }),
      ).toBeVisible();
      expect(screen.queryByText(/Nothing to do/)).toBeNull();
    });

    it('plans again on request', async () => {
      const onRetry = jest.fn();
      loaded(refusedMigration(), onRetry);
      await userEvent.click(screen.getByRole('button', { name: 'Plan again' }));

      expect(onRetry).toHaveBeenCalledTimes(1);
    });
  });

  it.each([
    [{ kind: 'incomplete' }, ''],
    [{ kind: 'loading' }, 'Computing the migration plan…'],
    [
      {
        kind: 'failed',
        failure: {
          message: 'it is locked',
          hint: undefined,
          denied: false,
          mayPass: true,
        },
      },
      'The migration plan could not be computed: it is locked',
    ],
  ] as const)('announces %j', (state, announcement) => {
    review(state);

    expect(screen.getByRole('status')).toHaveTextContent(announcement);
  });
});
