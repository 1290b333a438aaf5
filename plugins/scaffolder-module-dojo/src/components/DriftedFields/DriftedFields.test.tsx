import { screen } from '@testing-library/react';
import type { Delivery } from 'backstage-plugin-dojo-common';
import {
  autoscaledReplicas,
  deliveryEnvironment,
  healthyDelivery,
  ledgerDelivery,
  plannedApply,
} from 'backstage-plugin-dojo-common/testUtils';
import { openReview } from '../../__testUtils__/openReview';
import { DeploymentReview } from '../../fields/DeploymentReview/DeploymentReview';
import { validateDeploymentReview } from '../../fields/DeploymentReview/validateDeploymentReview';

const component = 'component:default/ledger';

describe('DriftedFields', () => {
  async function openWith(delivery: Delivery) {
    const planned = plannedApply();
    planned.plan.decides.edits = [];
    const { press } = await openReview(
      {
        asks: {
          component: 'Component',
          environment: 'Environment',
          version: 'Tag',
        },
        title: 'Deploy',
        holds: { what: 'What happens', version: 'Version', planHash: 'Plan' },
        field: {
          name: 'DojoDeploymentReview',
          component: DeploymentReview,
          validation: validateDeploymentReview,
        },
        initialState: { component, environment: 'dev', version: 'v0.3.0' },
      },
      (_, { method }) => ({
        body: method === 'GET' ? delivery : planned,
      }),
    );
    await press('Next');
  }

  it('says in the review who set what, beside what it is brought back to', async () => {
    await openWith(ledgerDelivery());
    expect(
      await screen.findByText(
        /^Deployment\/ledger replicas 2 instead of 1, changed by kubectl$/,
      ),
    ).toBeVisible();
  });

  it('says what is left to the autoscaler', async () => {
    const drift = { kind: 'none' as const, leftAlone: [autoscaledReplicas] };
    const environments = [deliveryEnvironment({ drift })];
    await openWith(healthyDelivery({ environments }));
    expect(
      await screen.findByText(
        'replicas belongs to the autoscaler; it is left alone.',
      ),
    ).toBeVisible();
    expect(screen.queryByText(/differs? from git/)).toBeNull();
  });
});
