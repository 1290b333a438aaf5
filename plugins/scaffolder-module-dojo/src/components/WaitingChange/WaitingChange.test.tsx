import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { DeploymentMergeResult } from 'backstage-plugin-dojo-common';
import {
  mergedDeployment,
  waitingDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import {
  type Answerer,
  dojoFailure,
  planBackend,
} from '../../__testUtils__/planBackend';
import { useWaitingChange } from './useWaitingChange';
import { WaitingChange } from './WaitingChange';

const place = {
  component: 'component:default/ledger',
  environment: 'production',
};

function Waiting(props: {
  readonly onMerged: (result: DeploymentMergeResult) => void;
}) {
  const { state, retry } = useWaitingChange(place);
  return (
    <WaitingChange
      component={place.component}
      state={state}
      onRetry={retry}
      onMerged={props.onMerged}
    />
  );
}

function open(answer: Answerer) {
  const backend = planBackend(answer);
  const onMerged = jest.fn();
  renderInTestApp(<Waiting onMerged={onMerged} />, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      mockApis.discovery(),
      mockApis.fetch({ baseImplementation: backend.fetch }),
    ],
  });
  return { ...backend, onMerged, user: userEvent.setup() };
}

describe('WaitingChange', () => {
  it('says what waits, who asked for it and what it changes, and merges that', async () => {
    const { user, requests, onMerged } = open((_, { method }) => ({
      body:
        method === 'GET'
          ? { waiting: waitingDeployment() }
          : mergedDeployment(),
    }));
    expect(
      await screen.findByRole('article', {
        name: 'A change of production waits for its merge',
      }),
    ).toHaveTextContent(/ledger v0\.3\.0, asked for by priya/);
    expect(screen.getByRole('link', { name: 'priya' })).toHaveAttribute(
      'href',
      '/catalog/default/user/priya',
    );
    expect(screen.getAllByRole('figure').length).toBeGreaterThan(1);
    await user.click(screen.getByRole('button', { name: 'Merge' }));

    expect(onMerged).toHaveBeenCalledWith(mergedDeployment());
    expect(requests[1]).toMatchObject({
      url: 'http://example.com/api/dojo/merges/deployment',
      body: { ...place, planHash: waitingDeployment().planHash },
    });
  });

  it('does not let who asked for it merge it, and says why', async () => {
    const block = {
      code: 'DEPLOY_REQUESTER_MERGES',
      message: 'you asked for this change',
      hint: 'Somebody else merges it.',
    };
    open(() => ({ body: { waiting: waitingDeployment({ blocks: [block] }) } }));

    const button = await screen.findByRole('button', { name: 'Merge' });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription('You asked for this change');
    expect(screen.getByText('Somebody else merges it.')).toBeVisible();
  });

  it('says why it was not merged, and looks again', async () => {
    const { user, requests, onMerged } = open((_, { method }) =>
      method === 'GET'
        ? { body: { waiting: waitingDeployment() } }
        : dojoFailure({
            code: 'PLAN_CHANGED',
            kind: 'conflict',
            message: 'another change waits by now',
            hint: 'Look at it again.',
          }),
    );
    await user.click(await screen.findByRole('button', { name: 'Merge' }));
    expect(
      await screen.findByText('Another change waits by now'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    expect(requests.map(({ method }) => method)).toEqual([
      'GET',
      'POST',
      'GET',
    ]);
    expect(onMerged).not.toHaveBeenCalled();
  });

  it('takes back what is shown, also for who may not merge it', async () => {
    const block = {
      code: 'DEPLOY_REQUESTER_MERGES',
      message: 'you asked for this change',
      hint: 'Somebody else merges it.',
    };
    const closed = { ...mergedDeployment(), outcome: 'closed' as const };
    const { user, requests, onMerged } = open((_, { method }) => ({
      body:
        method === 'GET'
          ? { waiting: waitingDeployment({ blocks: [block] }) }
          : closed,
    }));
    await user.click(await screen.findByRole('button', { name: 'Close' }));

    expect(onMerged).toHaveBeenCalledWith(closed);
    expect(requests[1]).toMatchObject({
      url: 'http://example.com/api/dojo/closes/deployment',
      body: { ...place, planHash: waitingDeployment().planHash },
    });
  });

  it('is not there where nothing waits', async () => {
    const { requests } = open(() => ({ body: {} }));
    await waitFor(() => expect(requests).toHaveLength(1));
    expect(screen.queryByRole('article')).toBeNull();
  });
});
