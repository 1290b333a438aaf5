import { act, screen, waitFor, within } from '@testing-library/react';
import { type Delivery, deliveryChannel } from 'backstage-plugin-dojo-common';
import {
  blockedAction,
  deliveryNow,
  deliveryRelease,
  healthyDelivery,
  ledgerDelivery,
  notSetUpDelivery,
  silentDelivery,
  unreleasedDelivery,
  viewedDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { failureAnswer } from './__testUtils__/deliveryBackend';
import { findCard, openDelivery } from './__testUtils__/openDelivery';

const formOf = (template: string, formData: object) =>
  `/create/templates/default/${template}?formData=${encodeURIComponent(
    JSON.stringify(formData),
  )}`;

describe('DeliveryTab', () => {
  beforeEach(() =>
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse(deliveryNow)),
  );
  afterEach(() => jest.restoreAllMocks());

  it('shows its outline while the first answer is on its way', async () => {
    openDelivery('never');

    expect(
      await screen.findByRole('status', { name: 'Loading the delivery' }),
    ).toHaveAttribute('aria-busy', 'true');
  });

  it('says what is missing and which lines to add', async () => {
    openDelivery(notSetUpDelivery());

    expect(
      await screen.findByText('This component has no repository.'),
    ).toBeVisible();
    expect(screen.getByText(/dojo\/repository: https/)).toBeVisible();
    expect(
      screen.getByText(/^Add these lines below metadata in/),
    ).toHaveTextContent('Add these lines below metadata in catalog-info.yaml:');
  });

  it('says that the backend is missing, and asks again on Retry', async () => {
    const { user, answer } = openDelivery(failureAnswer(404));
    expect(
      await screen.findByText(
        'The Dojo backend does not answer. Is the plugin added?',
      ),
    ).toBeVisible();
    answer({ delivery: healthyDelivery() });
    await user.click(screen.getByRole('button', { name: 'Retry' }));

    expect(
      await screen.findByRole('heading', { name: 'Delivery', level: 2 }),
    ).toBeVisible();
  });

  it.each([
    [403, 'denied'],
    [404, 'not-found'],
  ])(
    'says of a component that may not be read (%d) the same as of none',
    async (status, kind) => {
      openDelivery(
        failureAnswer(status, { code: 'ANY', kind, message: 'not for you' }),
      );

      expect(
        await screen.findByText('There are no deliveries of this component.'),
      ).toBeVisible();
      expect(screen.queryByText(/not for you/)).toBeNull();
    },
  );

  it('says of an expired session that it has, and not that there is nothing', async () => {
    openDelivery(failureAnswer(401));

    expect(
      await screen.findByRole('button', { name: 'Sign in again' }),
    ).toBeVisible();
    expect(
      screen.queryByText('There are no deliveries of this component.'),
    ).toBeNull();
  });

  it('heads with branch, image and age, and the verbs of the component', async () => {
    openDelivery(ledgerDelivery());

    const heading = await screen.findByRole('heading', {
      name: 'Delivery',
      level: 2,
    });
    const header = heading.closest('header')!;
    expect(header).toHaveTextContent(/mainghcr\.io\/acme\/ledgeras of 8 s ago/);
    expect(
      within(header).getByRole('link', { name: 'Release 0.5.0…' }),
    ).toHaveAttribute(
      'href',
      formOf('release', {
        component: 'component:default/ledger',
        version: '0.5.0',
        branch: 'main',
      }),
    );
    expect(
      screen
        .getAllByRole('heading')
        .map(({ tagName, textContent }) => `${tagName} ${textContent}`)
        .slice(0, 8),
    ).toEqual([
      'H2 Delivery',
      'H3 Needs attention',
      'H3 Where every version is',
      'H4 Unreleased',
      'H4 Latest release',
      'H4 dev',
      'H4 staging',
      'H4 production',
    ]);
  });

  it('has no verb for who may not change anything, and says who can', async () => {
    openDelivery(viewedDelivery());

    expect(
      await screen.findByText(
        (_, element) =>
          element?.tagName === 'P' &&
          element.textContent ===
            'You can see the deliveries of ledger. accounting can change them.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: /…$/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /…$/ })).toBeNull();
  });

  describe('when something needs somebody', () => {
    it('lists it worst first, with what mends it as the first button', async () => {
      openDelivery(ledgerDelivery());

      const list = await screen.findByRole('list', { name: 'Needs attention' });
      const [down, drift] = within(list).getAllByRole('listitem');
      expect(down).toHaveTextContent(
        'staging is down: 0.4.1 exits at start (code 1, 2 restarts). for 1 min',
      );
      expect(down).toHaveTextContent('0.4.0 ran here until 14:02.');
      expect(down).toHaveTextContent(
        'Pod/ledger-7d9c6-x2x9q ValueError: unknown time zone "Rome"',
      );
      expect(
        within(down)
          .getAllByRole('link')
          .map(link => [link.textContent, link.getAttribute('href')]),
      ).toEqual([
        [
          'Roll back to 0.4.0…',
          formOf('deploy', {
            component: 'component:default/ledger',
            environment: 'staging',
            version: '0.4.0',
          }),
        ],
        ['Open task', '/create/tasks/6f0c1a52-7c0f-4d0e-9a53-2b1f0d1f4f11'],
      ]);
      expect(drift).toHaveTextContent('dev differs from git in 1 field.');
    });

    it('says for whom log lines are where they are not for the reader', async () => {
      openDelivery(viewedDelivery());

      expect(
        await screen.findByText('Log lines are for those who may deploy here.'),
      ).toBeVisible();
      expect(screen.queryByText(/ValueError/)).toBeNull();
    });

    it('shows more lines from the cluster', async () => {
      const { user } = openDelivery(ledgerDelivery(), {
        log: { lines: ['one', 'two'] },
      });
      await user.click(
        await screen.findByRole('button', { name: 'Show more lines' }),
      );

      expect(await screen.findByText(/one\s+two/)).toBeVisible();
    });

    it('has no list where nothing does', async () => {
      openDelivery(healthyDelivery());

      await screen.findByRole('heading', { name: 'Delivery' });
      expect(
        screen.queryByRole('list', { name: 'Needs attention' }),
      ).toBeNull();
    });

    it('says once why the way back is barred, with the verb on its card', async () => {
      const sentence = '0.1.0 cannot run on this database.';
      const { attention } = ledgerDelivery();
      openDelivery(
        ledgerDelivery({
          attention: [attention[0]],
          actions: [
            blockedAction('roll-back', 'Roll back to 0.1.0…', sentence, {
              environment: 'staging',
              version: '0.1.0',
            }),
          ],
        }),
      );

      const { card } = await findCard(/^staging:/);
      expect(within(card).getByText(sentence)).toBeVisible();
      expect(screen.getAllByText(sentence)).toHaveLength(1);
      const list = screen.getByRole('list', { name: 'Needs attention' });
      expect(within(list).queryByRole('button', { name: /^Roll/ })).toBeNull();
    });
  });

  it('says who runs what, and links to it', async () => {
    openDelivery(
      ledgerDelivery({
        running: [
          {
            id: 'task:1',
            kind: 'release',
            version: '0.5.0',
            by: { name: 'owner' },
            via: 'agent',
            startedAt: '2026-11-29T14:02:57.000Z',
            url: '/create/tasks/1',
          },
        ],
      }),
    );

    expect(
      await screen.findByRole('list', { name: 'Running now' }),
    ).toHaveTextContent(
      'Release 0.5.0 is running, started by owner through an agent 3 s ago',
    );
  });

  it('says on one line which source does not answer, and that the rest is current', async () => {
    openDelivery(silentDelivery());

    expect(
      await screen.findByText(
        /^staging's cluster has not answered since \d\d:01: connection refused\.$/,
      ),
    ).toBeVisible();
    expect(screen.getByText(/The rest is current\./)).toBeVisible();
  });

  it('says of a token that expired whom to ask, on the same line', async () => {
    const delivery = silentDelivery();
    openDelivery({
      ...delivery,
      sources: delivery.sources.map(source =>
        source.id === 'cluster:staging'
          ? {
              ...source,
              error: {
                code: 'LIVE_TOKEN_REFUSED',
                message: 'The portal may not read staging (token expired).',
                hint: 'Your platform team can renew it.',
              },
            }
          : source,
      ),
    });

    expect(
      await screen.findByText(
        'The portal may not read staging (token expired). Your platform team can renew it.',
      ),
    ).toBeVisible();
    expect(screen.queryByText(/has not answered since/)).toBeNull();
  });

  describe('when it is seen', () => {
    it('asks again with the tag of its answer, on focus and by signal', async () => {
      const delivery = healthyDelivery();
      const { asked, listeners } = openDelivery(delivery);
      await screen.findByRole('heading', { name: 'Delivery' });
      act(() => void window.dispatchEvent(new Event('focus')));
      await waitFor(() => expect(asked()).toHaveLength(2));
      expect(asked()[0].etag).toBeNull();
      expect(asked()[1].etag).not.toBeNull();

      act(() =>
        listeners.get(deliveryChannel(delivery.component))?.({
          generation: '41',
        }),
      );
      await waitFor(() => expect(asked()).toHaveLength(3));
    });

    it('shows an answer that comes slower than the signals', async () => {
      const before = healthyDelivery();
      const { answer, asked, listeners } = openDelivery(before);
      await screen.findByRole('heading', { name: 'Delivery' });
      let comes: (delivery: Delivery) => void = () => {};
      const slow = new Promise<Delivery>(resolve => {
        comes = resolve;
      });
      const signal = (generation: string) =>
        act(() =>
          listeners.get(deliveryChannel(before.component))?.({ generation }),
        );
      answer({ delivery: slow });
      signal('2');
      await waitFor(() => expect(asked()).toHaveLength(2));
      answer({ delivery: 'never' });
      signal('3');
      signal('4');
      comes(silentDelivery());

      expect(await screen.findByText(/The rest is current\./)).toBeVisible();
      await waitFor(() => expect(asked()).toHaveLength(3));
    });

    it('does not ask while nobody sees it', async () => {
      const { asked } = openDelivery(healthyDelivery());
      await screen.findByRole('heading', { name: 'Delivery' });
      jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
      act(() => void window.dispatchEvent(new Event('focus')));

      expect(asked()).toHaveLength(1);
    });

    it('says what changed, and keeps the focus', async () => {
      const { answer, user } = openDelivery(unreleasedDelivery());
      const refresh = await screen.findByRole('button', { name: 'Refresh' });
      const released = unreleasedDelivery({
        generation: '2',
        latest: deliveryRelease({ version: '0.1.0', tag: 'v0.1.0' }),
      });
      answer({ delivery: released });
      await user.click(refresh);

      expect(
        await screen.findByText('receipts 0.1.0 released: 2 features, 1 fix.'),
      ).toHaveAttribute('role', 'status');
      expect(refresh).toHaveFocus();
    });

    it('keeps what was known where the backend does not answer any more', async () => {
      const { answer, user } = openDelivery(healthyDelivery());
      const refresh = await screen.findByRole('button', { name: 'Refresh' });
      answer({ delivery: failureAnswer(404) });
      await user.click(refresh);

      expect(
        await screen.findByText(/The Dojo backend does not answer/),
      ).toBeVisible();
      expect(screen.getByRole('heading', { name: 'Delivery' })).toBeVisible();
    });
  });
});
