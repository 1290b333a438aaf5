import { screen } from '@testing-library/react';
import {
  ledgerDelivery,
  plannedApply,
} from 'backstage-plugin-dojo-common/testUtils';
import { openReview } from '../../__testUtils__/openReview';
import { DeploymentReview } from '../../fields/DeploymentReview/DeploymentReview';
import { validateDeploymentReview } from '../../fields/DeploymentReview/validateDeploymentReview';

const component = 'component:default/ledger';

describe('DriftedFields', () => {
  it('says in the review who set what, beside what it is brought back to', async () => {
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
        body: method === 'GET' ? ledgerDelivery() : planned,
      }),
    );
    await press('Next');
    expect(
      await screen.findByText(
        /^Deployment\/ledger replicas 2 instead of 1, changed by kubectl$/,
      ),
    ).toBeVisible();
  });
});
