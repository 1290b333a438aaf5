import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  healthyDelivery,
  notSetUpDelivery,
  unreleasedDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { dojoBackend, type DojoBackend } from '../__testUtils__/dojoBackend';
import { OverviewCardContent } from './OverviewCardContent';

const ledger = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger' },
};

function show(backend: DojoBackend) {
  renderInTestApp(
    <EntityProvider entity={ledger}>
      <OverviewCardContent />
    </EntityProvider>,
    { apis: [[fetchApiRef, backend.fetchApi]] as never },
  );
  return userEvent.setup();
}

describe('OverviewCardContent', () => {
  it('names what is wrong, the latest release, what waits, and each environment', async () => {
    const backend = dojoBackend();
    show(backend);

    expect(await screen.findByText(/^staging is down/)).toBeInTheDocument();
    const staging = (await screen.findAllByRole('listitem')).find(item =>
      item.textContent?.startsWith('staging'),
    );
    expect(within(staging!).getByText(/Down/)).toBeInTheDocument();
    expect(screen.getByText(/3 commits, next 0\.5\.0/)).toBeInTheDocument();
    expect(backend.asked).toEqual([
      '/components/default/component/ledger/delivery',
    ]);
  });

  it.each([
    ['nothing waits', healthyDelivery, /^No commits since/],
    ['nothing is released', unreleasedDelivery, /^No release yet$/],
    ['it is not set up', notSetUpDelivery, /is not set up/],
  ])('says it where %s', async (_, delivery, words) => {
    show(dojoBackend({ delivery: () => delivery() }));

    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('asks whether the backend is there where nothing of it answers', async () => {
    show(dojoBackend({ delivery: () => new Response('', { status: 404 }) }));
    expect(
      await screen.findByText(
        'The Dojo backend does not answer. Is the plugin added?',
      ),
    ).toBeInTheDocument();
  });

  it('says what failed, and asks again', async () => {
    const backend = dojoBackend({
      delivery: () => new Response('', { status: 503 }),
    });
    const user = show(backend);
    const retry = await screen.findByRole('button', { name: 'Retry' });

    backend.delivery = () => healthyDelivery();
    await user.click(retry);

    expect(await screen.findByText(/^No commits since/)).toBeInTheDocument();
  });
});
