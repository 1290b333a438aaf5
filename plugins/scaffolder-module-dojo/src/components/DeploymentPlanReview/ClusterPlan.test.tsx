import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import { plannedApply } from 'backstage-plugin-dojo-common/testUtils';
import { ClusterPlan } from './ClusterPlan';

function show(
  cluster: Partial<ClusterDecides> = {},
  { changesOverlay = true } = {},
) {
  renderInTestApp(
    <ClusterPlan
      cluster={plannedApply(cluster).plan.decides.cluster!}
      changesOverlay={changesOverlay}
    />,
  );
  return within(
    screen.getByRole('article', { name: 'What is done to the cluster' }),
  );
}

const factsIn = (part: ReturnType<typeof show>) => {
  const values = part.getAllByRole('definition');
  return part
    .getAllByRole('term')
    .map((term, at) => `${term.textContent}: ${values[at].textContent}`);
};
const object = { apiVersion: 'v1', kind: 'Service', name: 'ledger-old' };

describe('ClusterPlan', () => {
  it('counts the writes, and says how long is waited and what a failure does', () => {
    expect(factsIn(show())).toEqual([
      'Writes: 1 object created, 1 object changed',
      'Rollout: watched until it is healthy, 10 min at most',
      'If it fails: it stays as it is',
    ]);
    expect(screen.queryByText(/differs from it/)).toBeNull();
  });

  it('says that the version before is brought back, where that was chosen', () => {
    expect(factsIn(show({ onFailure: 'rollback', wait: 90 })).slice(1)).toEqual(
      [
        'Rollout: watched until it is healthy, 1 min 30 sec at most',
        'If it fails: the version before it is brought back',
      ],
    );
  });

  it('says nothing of a rollout that nobody watches', () => {
    expect(factsIn(show({ watches: false, writes: [] }))).toEqual([
      'Writes: nothing',
    ]);
  });

  it('says that the cluster went its own way, where the overlay stays', () => {
    show({}, { changesOverlay: false });

    expect(
      screen.getByText(
        'The overlay stays as it is: the cluster differs from it',
      ),
    ).toBeVisible();
  });

  it('names what it deletes', () => {
    const part = show({ prunes: [{ ...object, uid: 'u-1' }] });

    expect(
      part.getByText('1 object is deleted: the overlay makes it no more'),
    ).toBeVisible();
    expect(part.getByText('ledger-old')).toBeVisible();
  });

  it('names whose fields it takes over, letter by letter', () => {
    const managers = ['kubectl-client-side-apply', '<b>\u202e'];
    const part = show({ adopts: [{ ...object, managers }] });

    expect(part.getByRole('listitem')).toHaveTextContent(
      'Service ledger-old from kubectl-client-side-apply, <b>\ufffd',
    );
  });
});
