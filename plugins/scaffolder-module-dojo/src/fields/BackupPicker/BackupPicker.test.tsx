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
describe('BackupPicker', () => {
  afterEach(() => jest.restoreAllMocks());

  it('offers the backups there are, with age, level and size', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));
    const result = plannedRestore();
    result.plan.shows.backups[1].isDatabase = true;
    const form = await open(() => ({ body: result }));
    const options = await screen.findAllByRole('radio');
    const names = options.map(option => option.closest('label')?.textContent);
    expect(names).toEqual([
      expect.stringMatching(
        /^today \d\d:\d\d · 0014 · 2\.6 MB · pre-restore copy$/,
      ),
      expect.stringMatching(/^22 Nov \d\d:\d\d · 0013 · 2\.6 MB · current$/),
      expect.stringMatching(/^1 Nov \d\d:\d\d · no migration · 12 kB$/),
    ]);
    // The newest that no restore made.
    expect(options[1]).toBeChecked();
    await form.user.click(options[2]);
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

  it('keeps what an old link names, though it is gone', async () => {
    await open(undefined, { ...place, backup: '20200101T000000000Z-0001' });

    expect(
      await screen.findByRole('radio', { name: '20200101T000000000Z-0001' }),
    ).toBeChecked();
  });

  it('asks for nothing before there is an environment', async () => {
    const { requests } = await open(undefined, { component: place.component });

    await screen.findByRole('radiogroup');
    expect(requests).toEqual([]);
  });
});
