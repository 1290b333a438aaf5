import { screen } from '@testing-library/react';
import {
  deliveryLine,
  ledgerDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { openField } from '../../__testUtils__/openField';
import { BranchPicker } from './BranchPicker';

const component = 'component:default/ledger';
const maintained = deliveryLine({
  branch: 'release/0.3',
  count: 1,
  next: {
    version: '0.3.1',
    level: 'patch',
    sentence: {
      code: 'next.bump',
      values: { level: 'patch', from: '0.3.0', to: '0.3.1' },
      sentence: 'Patch bump (0.3.0 -> 0.3.1): 1 fix',
    },
  },
});
const main = deliveryLine({ branch: 'main', count: 0, next: undefined });

const open = (lines: (typeof main)[], branch?: string) =>
  openField({
    name: 'branch',
    schema: { type: 'string', title: 'Branch' },
    field: { name: 'DojoBranchPicker', component: BranchPicker },
    holds: { component, ...(branch !== undefined && { branch }) },
    answer: () => ({ body: ledgerDelivery({ lines }) }),
  });

describe('BranchPicker', () => {
  it('offers main and the maintenance branches, with what waits there', async () => {
    const form = await open([main, maintained]);

    expect(
      await screen.findByRole('radio', {
        name: 'main: no commits since its last release',
      }),
    ).toBeChecked();
    await form.user.click(
      await screen.findByRole('radio', {
        name: 'release/0.3: 1 commit, next 0.3.1',
      }),
    );
    expect(await form.submitted()).toEqual({
      component,
      branch: 'release/0.3',
    });
  });

  it('keeps the branch of a link, for the engine to judge', async () => {
    const form = await open([main], 'hotfix/9');

    expect(
      await screen.findByRole('radio', { name: 'hotfix/9' }),
    ).toBeChecked();
    expect(await form.submitted()).toEqual({ component, branch: 'hotfix/9' });
  });

  it('is not there where no branch but main is released', async () => {
    const form = await open([main]);
    expect(await form.submitted()).toEqual({ component });
    expect(screen.queryByRole('radiogroup')).toBeNull();
  });
});
