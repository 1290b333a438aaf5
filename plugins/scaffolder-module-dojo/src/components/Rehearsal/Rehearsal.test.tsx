import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  migrationBody,
  operation,
  plannedMigration,
  rehearsed,
} from 'backstage-plugin-dojo-common/testUtils';
import {
  dojoFailure,
  planBackend,
  type Answerer,
} from '../../__testUtils__/planBackend';
import { keptRehearsals } from './keptRehearsals';
import { Rehearsal } from './Rehearsal';

/** Shows the section, with a backend that starts op-1; `look` answers when it is looked at. */
function show(look: Answerer, start: Answerer = () => ({ body: operation() })) {
  const backend = planBackend((body, request) => {
    if (request.method === 'POST') return start(body, request);
    if (request.method === 'DELETE') {
      return { body: operation({ state: 'failed' }) };
    }
    return look(body, request);
  });
  const onStale = jest.fn();
  const { unmount } = renderInTestApp(
    <Rehearsal
      body={migrationBody}
      planHash={plannedMigration().planHash}
      onStale={onStale}
    />,
    {
      apis: [
        mockApis.discovery(),
        mockApis.fetch({ baseImplementation: backend.fetch }),
      ],
    },
  );
  const user = userEvent.setup();
  const press = async (name: string) =>
    user.click(await screen.findByRole('button', { name }));
  return { ...backend, onStale, user, press, unmount };
}

const done = (changes: Parameters<typeof rehearsed>[0] = {}) => ({
  body: operation({
    state: 'done',
    result: plannedMigration({ rehearsal: rehearsed(changes) }),
  }),
});

describe('Rehearsal', () => {
  afterEach(() => keptRehearsals.forget(plannedMigration().planHash));

  it('starts nothing by itself', async () => {
    const { requests } = show(() => done());

    expect(
      await screen.findByRole('button', {
        name: 'Not rehearsed. Rehearse first?',
      }),
    ).toBeVisible();
    expect(requests).toEqual([]);
  });

  describe('when it is done', () => {
    it('reports rows and time of each statement, and what it took in all', async () => {
      const { press, requests } = show(() => done());
      await press('Not rehearsed. Rehearse first?');

      const table = await screen.findByRole('table');
      const rows = within(table)
        .getAllByRole('row')
        .map(row => row.textContent);
      expect(rows).toEqual([
        'StatementLineRowsTime',
        '0014_reconciliation',
        'CREATE TABLE2–0.4 ms',
        'UPDATE312,34532 ms',
        'caches/accounts',
        'UPDATE183 ms',
      ]);
      expect(
        screen.getAllByRole('definition').map(({ textContent }) => textContent),
      ).toEqual(['1.2 sec', '5.3 MB', '2.9 MB']);
      expect(screen.getByRole('status')).toHaveTextContent(
        'The rehearsal is done.',
      );
      expect(requests[0]).toMatchObject({
        url: 'http://example.com/api/dojo/rehearsals/migration',
        body: migrationBody,
      });
    });

    it('says which migration DuckDB could not run in one transaction', async () => {
      const { press } = show(() => done({ split: ['0015_integrity'] }));
      await press('Not rehearsed. Rehearse first?');

      expect(
        await screen.findByText(
          'DuckDB ran 0015_integrity only a statement per transaction.',
        ),
      ).toBeVisible();
    });

    it('shows fifty statements, and all on request', async () => {
      const [statement] = rehearsed().statements;
      const { press } = show(() =>
        done({
          statements: Array.from({ length: 60 }, (_, index) => ({
            ...statement,
            line: index + 1,
          })),
        }),
      );
      await press('Not rehearsed. Rehearse first?');

      // The head and the row of the file are two more.
      await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(52));
      await press('Show all 60 statements');
      expect(screen.getAllByRole('row')).toHaveLength(62);
    });
  });

  it('does not pass off the rehearsal of another plan as one of this', async () => {
    const { press, onStale } = show(() => ({
      body: operation({
        state: 'done',
        result: {
          ...plannedMigration({ rehearsal: rehearsed() }),
          planHash: 'e'.repeat(64),
        },
      }),
    }));
    await press('Not rehearsed. Rehearse first?');

    expect(
      await screen.findByText(
        'The database or its migrations changed after this review',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('table')).toBeNull();
    await press('Plan again');
    expect(onStale).toHaveBeenCalledTimes(1);
  });

  describe('while it runs', () => {
    it('shows the log, and is cancelled by keyboard, which stays on the section', async () => {
      const { press, user, requests } = show(() => ({
        body: operation({ lines: ['copies the database', 'runs 0014'] }),
      }));
      await press('Not rehearsed. Rehearse first?');

      expect(
        await screen.findByRole('group', { name: 'Log of the rehearsal' }),
      ).toHaveTextContent('copies the database runs 0014');
      await user.tab();
      expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
      await user.keyboard('{Enter}');

      expect(
        (await screen.findAllByText('The rehearsal was cancelled.')).length,
      ).toBeGreaterThan(0);
      expect(requests.at(-1)).toMatchObject({
        method: 'DELETE',
        url: 'http://example.com/api/dojo/operations/op-1',
      });
      expect(
        screen.getByRole('button', { name: 'Rehearse again' }),
      ).toHaveFocus();
    });

    it('is cancelled when the page is closed or loaded anew', async () => {
      const { press, requests } = show(() => ({ body: operation() }));
      await press('Not rehearsed. Rehearse first?');
      await waitFor(() => expect(requests.length).toBeGreaterThan(1));
      window.dispatchEvent(new Event('pagehide'));

      await waitFor(() => expect(requests.at(-1)?.method).toBe('DELETE'));
    });

    it('is cancelled when the page is left', async () => {
      const { press, requests, unmount } = show(() => ({ body: operation() }));
      await press('Not rehearsed. Rehearse first?');
      await waitFor(() => expect(requests.length).toBeGreaterThan(1));
      unmount();

      await waitFor(() => expect(requests.at(-1)?.method).toBe('DELETE'));
    });
  });

  describe('when it fails', () => {
    it('says where the migrations themselves fail, and keeps that of the plan', async () => {
      const { press } = show(() => ({
        body: operation({
          state: 'failed',
          error: {
            code: 'MIGRATION_ASSERT_FAILED',
            kind: 'refused',
            message: 'Rehearsal failed at 0016_rates.sql line 9: 3 rows.',
            hint: 'Change the migration and release it again.',
          },
        }),
      }));
      await press('Not rehearsed. Rehearse first?');

      expect(
        (
          await screen.findAllByText(
            'Rehearsal failed at 0016_rates.sql line 9: 3 rows.',
          )
        ).length,
      ).toBe(2);
      expect(
        screen.getByText('Change the migration and release it again.'),
      ).toBeVisible();
      expect(keptRehearsals.hasFailed(plannedMigration().planHash)).toBe(true);
      keptRehearsals.forget(plannedMigration().planHash);
    });

    it('says why, what to do, and what the log said last', async () => {
      const { press } = show(() => ({
        body: operation({
          state: 'failed',
          lines: ['runs 0014'],
          error: {
            code: 'DATABASE_BROKEN',
            kind: 'refused',
            message: '0014_reconciliation.sql:3: no such column',
            hint: 'Correct the statement.',
          },
        }),
      }));
      await press('Not rehearsed. Rehearse first?');

      expect(
        await screen.findByText(
          'The rehearsal failed; the database is as it was',
        ),
      ).toBeVisible();
      expect(
        screen.getByText('0014_reconciliation.sql:3: no such column'),
      ).toBeVisible();
      expect(screen.getByText('Correct the statement.')).toBeVisible();
      expect(screen.getByText('runs 0014')).toBeVisible();
      expect(
        screen.getByRole('button', { name: 'Rehearse again' }),
      ).toBeEnabled();
    });

    it('names the permission where the reader has it not', async () => {
      const { press } = show(
        () => done(),
        () =>
          dojoFailure({ code: 'DENIED', kind: 'denied', message: 'not you' }),
      );
      await press('Not rehearsed. Rehearse first?');

      expect(
        await screen.findByText('You may not rehearse on this environment'),
      ).toBeVisible();
      expect(screen.getByText(/dojo\.migration\.run/)).toBeVisible();
    });
  });
});
