import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import {
  plannedMigration,
  refusedMigration,
  shownMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { PendingFiles } from './PendingFiles';

const files = ({ plan }: MigrationResult) =>
  renderInTestApp(
    <PendingFiles
      title="Pending"
      files={plan.shows.migrations}
      findings={plan.shows.findings}
    />,
  );

describe('PendingFiles', () => {
  it('says of each how it runs, why, what is special, and what is checked', () => {
    files(plannedMigration());

    const split = screen.getByRole('region', { name: '0014_reconciliation' });
    const breaking = screen.getByRole('region', { name: '0015_integrity' });
    expect(split).toHaveTextContent('2 statements');
    expect(
      within(split)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'One transaction per statement (-- dojo:split).',
      'Post-check: SELECT count(*) = 0 FROM reconciliation_differences',
    ]);
    expect(
      within(breaking)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Breaking: the previous release cannot run on its schema.',
      'Irreversible: only a backup leads back.',
      'One transaction.',
    ]);
    expect(within(breaking).getByText('breaking')).toBeVisible();
    expect(within(breaking).getByText('irreversible')).toBeVisible();
  });

  it('shows the SQL line by line, and hides it by keyboard, keeping the focus', async () => {
    files(plannedMigration());
    const user = userEvent.setup();
    const [sql] = screen.getAllByRole('figure');
    expect(sql).toHaveTextContent('0014_reconciliation.sql');
    expect(sql.querySelectorAll('code > span')).toHaveLength(3);

    const [hide] = screen.getAllByRole('button', { name: 'Hide SQL' });
    expect(hide).toHaveAttribute('aria-expanded', 'true');
    expect(hide).toHaveAccessibleDescription('0014_reconciliation');
    act(() => hide.focus());
    await user.keyboard('{Enter}');

    expect(sql).not.toBeInTheDocument();
    expect(
      screen.getAllByRole('button', { name: 'Show SQL' })[0],
    ).toHaveFocus();
  });

  it('shows the SQL of many on request only, and fifty of them', async () => {
    files(
      plannedMigration({
        migrations: Array.from({ length: 60 }, (_, index) =>
          shownMigration({ id: `${1000 + index}_more` }),
        ),
      }),
    );

    expect(screen.queryByRole('figure')).toBeNull();
    expect(screen.getAllByRole('button', { name: 'Show SQL' })).toHaveLength(
      50,
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 60 files' }),
    );
    expect(screen.getAllByRole('button', { name: 'Show SQL' })).toHaveLength(
      60,
    );
  });

  it('shows where SQL, its name or its checks would turn the direction of text', () => {
    const result = plannedMigration();
    const { shows } = result.plan;
    const hostile = shownMigration({
      id: '0016_a\u202eb',
      sql: "SELECT 1; -- \u202e';PORD",
      asserts: ['SELECT \u2066x'],
    });
    files({
      ...result,
      plan: {
        ...result.plan,
        shows: { ...shows, migrations: [hostile], findings: [] },
      },
    });

    const file = screen.getByRole('region', { name: '0016_a\ufffdb' });
    expect(file).toHaveTextContent("-- \ufffd';PORD");
    expect(file).toHaveTextContent('SELECT \ufffdx');
    expect(file.textContent).not.toMatch(/[\u202e\u2066]/);
  });

  it('marks the lines that the findings are about', () => {
    files(refusedMigration());

    const lines = screen
      .getAllByRole('figure')[0]
      .querySelectorAll('code > span');
    expect([...lines].map(line => line.getAttribute('data-severity'))).toEqual([
      null,
      'error',
      'warning',
    ]);
  });

  it('shows no SQL from the start where it is long, or where it is asked to', () => {
    const { migrations } = plannedMigration().plan.shows;
    const long = { ...migrations[0], sql: 'SELECT 1;\n'.repeat(60) };
    const { unmount } = files(plannedMigration({ migrations: [long] }));
    expect(screen.queryByRole('figure')).toBeNull();
    unmount();

    renderInTestApp(
      <PendingFiles title="Caches" files={migrations} findings={[]} closed />,
    );
    expect(screen.queryByRole('figure')).toBeNull();
  });
});
