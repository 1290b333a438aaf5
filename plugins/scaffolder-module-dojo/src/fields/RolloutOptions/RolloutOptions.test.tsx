import { screen, waitFor } from '@testing-library/react';
import { openField } from '../../__testUtils__/openField';
import { RolloutOptions } from './RolloutOptions';

const environments = [
  {
    name: 'dev',
    migrates: true,
    deploys: true,
    mode: 'apply',
    cluster: 'eu-1',
  },
  { name: 'qa', migrates: true, deploys: true, mode: 'commit' },
];

const open = (holds: Record<string, unknown>) =>
  openField({
    name: 'rollout',
    schema: { type: 'object', title: 'In the cluster' },
    field: { name: 'DojoRolloutOptions', component: RolloutOptions },
    holds,
    answer: () => ({ body: environments }),
  });

describe('RolloutOptions', () => {
  it('asks nothing, and goes with nothing, where nothing is chosen', async () => {
    const { submitted } = await open({ environment: 'dev' });
    expect(
      await screen.findByRole('group', { name: 'In the cluster' }),
    ).toBeInTheDocument();
    expect(await submitted()).toEqual({ environment: 'dev' });
  });

  it('gives the form what is chosen, minutes as seconds', async () => {
    const { user, submitted } = await open({ environment: 'dev' });
    await user.type(
      await screen.findByLabelText('Minutes that the rollout may take'),
      '15',
    );
    for (const name of [
      /Bring the version before it back/,
      /Delete what the overlay made/,
      /Even if that is more/,
      /Take over fields/,
    ]) {
      await user.click(screen.getByRole('checkbox', { name }));
    }
    expect(await submitted()).toEqual({
      environment: 'dev',
      rollout: {
        wait: 900,
        onFailure: 'rollback',
        prune: true,
        confirmPrune: true,
        conflicts: 'takeover',
      },
    });
  });

  it('confirms no deletion that is not wished any more', async () => {
    const { user, submitted } = await open({
      environment: 'dev',
      rollout: { prune: true, confirmPrune: true },
    });
    await user.click(
      await screen.findByRole('checkbox', { name: /Delete what/ }),
    );
    expect(screen.queryByRole('checkbox', { name: /Even if/ })).toBeNull();
    expect(await submitted()).toEqual({ environment: 'dev', rollout: {} });
  });

  it('is not there where nothing is applied, and takes back what was chosen elsewhere', async () => {
    const { requests, submitted } = await open({
      environment: 'qa',
      rollout: { prune: true },
    });
    await waitFor(() => expect(requests.length).toBeGreaterThan(0));
    await waitFor(async () => expect(screen.queryByRole('group')).toBeNull());
    expect(await submitted()).toEqual({ environment: 'qa', rollout: {} });
  });
});
