import { screen } from '@testing-library/react';
import { plannedRestore } from 'backstage-plugin-dojo-common/testUtils';
import { openField } from '../../__testUtils__/openField';
import { type Answerer, dojoFailure } from '../../__testUtils__/planBackend';
import { BackupPicker } from './BackupPicker';

const place = { component: 'component:default/ledger', environment: 'dev' };
const open = (
  answer: Answerer = () => ({ body: plannedRestore() }),
  holds: object = place,
) =>
  openField({
    name: 'backup',
    schema: { type: 'string', title: 'Backup' },
    field: { name: 'DojoBackupPicker', component: BackupPicker },
    holds: { ...holds },
    answer,
  });
const select = () =>
  screen.findByRole('button', {
    name: /Latest, not counting pre-restore copies/,
  });

describe('BackupPicker', () => {
  afterEach(() => jest.restoreAllMocks());

  it('offers the backups there are, with age, level and size', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));
    const result = plannedRestore();
    result.plan.shows.backups[1].isDatabase = true;
    const form = await open(() => ({ body: result }));
    await form.user.click(await select());

    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Latest, not counting pre-restore copies',
      expect.stringMatching(
        /2026.*, 5 minutes ago · 0014 · 2\.6 MB · pre-restore copy$/,
      ),
      expect.stringMatching(/, 1 day ago · 0013 · 2\.6 MB · current$/),
      expect.stringMatching(/, 21 days ago · no migration · 12 kB$/),
    ]);
    await form.user.click(options[3]);
    expect(await form.submitted()).toEqual({
      ...place,
      backup: '20261101T101500000Z-0000',
    });
    expect(form.requests[0]).toMatchObject({
      url: 'http://example.com/api/dojo/plans/migration',
      body: { ...place, operation: 'restore' },
    });
  });

  it('says why they could not be listed', async () => {
    await open(() =>
      dojoFailure({
        code: 'BACKUP_NOT_FOUND',
        kind: 'not-found',
        message: 'there is no backup of ledger on dev',
      }),
    );

    expect(
      await screen.findByText('The backups could not be listed'),
    ).toBeVisible();
    expect(
      screen.getByText('There is no backup of ledger on dev'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('asks for nothing before there is an environment', async () => {
    const { requests } = await open(undefined, { component: place.component });

    await select();
    expect(requests).toEqual([]);
  });
});
