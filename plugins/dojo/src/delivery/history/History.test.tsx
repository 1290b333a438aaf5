import { act, screen, waitFor, within } from '@testing-library/react';
import { deliveryChannel } from 'backstage-plugin-dojo-common';
import {
  deliveryNow,
  deploymentEntry,
  healthyDelivery,
  ledgerHistory,
} from 'backstage-plugin-dojo-common/testUtils';
import { failureAnswer } from '../__testUtils__/deliveryBackend';
import { findCard, openDelivery } from '../__testUtils__/openDelivery';

const entriesOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    deploymentEntry({
      id: `deployment:${`${from + index}`.padStart(40, '0')}`,
      sentence: `entry ${from + index}`,
    }),
  );

const channel = deliveryChannel(healthyDelivery().component);

async function findEntries() {
  const list = await screen.findByRole('list', { name: 'History' });
  return within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
}

describe('History', () => {
  beforeEach(() =>
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse(deliveryNow)),
  );
  afterEach(() => jest.restoreAllMocks());

  it('says whose agent did it', async () => {
    const entry = deploymentEntry({ via: 'agent' });
    openDelivery(healthyDelivery(), {
      history: () => ({ entries: [entry] }),
    });

    expect(await findEntries()).toEqual([
      expect.stringMatching(/ · \w+ through an agent$/),
    ]);
  });

  it('says of each entry what it is, when, by whom, and links to task and commit', async () => {
    openDelivery(healthyDelivery());

    expect(await findEntries()).toEqual([
      expect.stringMatching(
        /^▲ Failed0\.4\.1 failed in staging.*5 min ago · owner$/,
      ),
      expect.stringMatching(/^● Healthy0\.4\.1 came to dev/),
      expect.stringMatching(
        /^◆ Released0\.4\.1 was released: 1 fix\..*v0\.4\.1/,
      ),
      expect.stringMatching(/^⏳ Waiting0\.4\.0 waits/),
      expect.stringMatching(
        /^≡ Migratedstaging database migrated 0013 -> 0015/,
      ),
      expect.stringMatching(/^▲ Faileddev: 0016_rates\.sql line 9 failed/),
      expect.stringMatching(/^⟲ Restored/),
      expect.stringMatching(/^✕ Rejected/),
      expect.stringMatching(
        /^↶ Rolled back.*⚠ Requested and merged by one person/,
      ),
    ]);
    const [task] = screen.getAllByRole('link', { name: 'Task' });
    expect(task).toHaveAttribute(
      'href',
      '/create/tasks/6f0c1a52-7c0f-4d0e-9a53-2b1f0d1f4f11',
    );
    expect(screen.getByRole('link', { name: '5d20c18' })).toHaveAttribute(
      'href',
      expect.stringContaining('/infra/commit/'),
    );
  });

  it('shows twenty, and more on request, each once, then where older ones are', async () => {
    const { user } = openDelivery(healthyDelivery(), {
      history: query =>
        query.get('cursor') === 'second'
          ? {
              entries: entriesOf(19, 3),
              olderUrl: 'https://forge.example/releases',
            }
          : { entries: entriesOf(0, 20), next: 'second' },
    });
    expect(await findEntries()).toHaveLength(20);
    await user.click(screen.getByRole('button', { name: 'Show more' }));

    await waitFor(async () => expect(await findEntries()).toHaveLength(22));
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
    expect(
      screen.getByRole('link', { name: 'Older releases are on the forge' }),
    ).toHaveAttribute('href', 'https://forge.example/releases');
  });

  it('asks for one kind and one environment', async () => {
    const { user, requests } = openDelivery(healthyDelivery(), {
      history: query => ({
        entries: ledgerHistory().entries.filter(
          ({ kind }) => !query.get('kind') || kind === query.get('kind'),
        ),
      }),
    });
    await findEntries();
    await user.click(screen.getByRole('button', { name: /Kind/ }));
    await user.click(await screen.findByRole('option', { name: 'Restores' }));

    await waitFor(async () => expect(await findEntries()).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: /^.*Environment/ }));
    await user.click(await screen.findByRole('option', { name: 'dev' }));
    await waitFor(() =>
      expect(requests.at(-1)?.url).toMatch(
        /history\?(?=.*kind=restore)(?=.*environment=dev)/,
      ),
    );
  });

  it('says so where nothing happened', async () => {
    openDelivery(healthyDelivery(), { history: () => ({ entries: [] }) });

    expect(await screen.findByText('Nothing has happened yet.')).toBeVisible();
  });

  describe('when somebody looks for something', () => {
    const findBox = () =>
      screen.findByRole('searchbox', {
        name: 'Find a commit, pull request or version',
      });

    it('answers in a sentence and marks the environments that have it', async () => {
      const { user, requests } = openDelivery(healthyDelivery(), {
        where: {
          kind: 'in',
          release: '0.4.0',
          sentence: '#29 is in 0.4.0: in staging since 09:12.',
          environments: [
            { name: 'dev', contains: true },
            { name: 'staging', contains: false },
            { name: 'production', contains: 'unknown' },
          ],
          url: 'https://forge.example/pulls/29',
        },
      });
      await user.type(await findBox(), '#29{Enter}');

      expect(
        await screen.findByText(/#29 is in 0\.4\.0: in staging since 09:12\./),
      ).toHaveAttribute('role', 'status');
      expect(requests.at(-1)?.url).toMatch(/where\?ref=%2329$/);
      expect((await findCard(/^dev:/)).card).toHaveTextContent('✓ has it');
      expect((await findCard(/^staging:/)).card).toHaveTextContent(
        '– does not have it',
      );
      expect((await findCard(/^production:/)).card).toHaveTextContent(
        '? not known whether it has it',
      );

      await user.clear(await findBox());
      await user.keyboard('{Enter}');
      expect(screen.queryByText('has it')).toBeNull();
    });

    it('looks again where something changed, as the cards do', async () => {
      const { user, answer, listeners } = openDelivery(healthyDelivery(), {
        where: {
          kind: 'in',
          release: '0.4.0',
          sentence: '0.4.0: not known of dev.',
          environments: [{ name: 'dev', contains: 'unknown' }],
        },
      });
      await user.type(await findBox(), '0.4.0{Enter}');
      expect(await screen.findByText('0.4.0: not known of dev.')).toBeVisible();

      answer({
        delivery: { ...healthyDelivery(), generation: '43' },
        where: {
          kind: 'in',
          release: '0.4.0',
          sentence: '0.4.0: in dev since 09:12.',
          environments: [{ name: 'dev', contains: true }],
        },
      });
      act(() => listeners.get(channel)!({ generation: '43' }));
      expect(
        await screen.findByText('0.4.0: in dev since 09:12.'),
      ).toBeVisible();
      expect((await findCard(/^dev:/)).card).toHaveTextContent('✓ has it');
    });

    it('keeps what was found where it cannot be asked for again', async () => {
      const { user, answer, listeners, requests } = openDelivery(
        healthyDelivery(),
        {
          where: {
            kind: 'in',
            release: '0.4.0',
            sentence: '0.4.0: in dev since 09:12.',
            environments: [{ name: 'dev', contains: true }],
          },
        },
      );
      await user.type(await findBox(), '0.4.0{Enter}');
      await screen.findByText('0.4.0: in dev since 09:12.');

      answer({
        delivery: { ...healthyDelivery(), generation: '43' },
        where: failureAnswer(503),
      });
      act(() => listeners.get(channel)!({ generation: '43' }));
      await waitFor(() =>
        expect(
          requests.filter(({ url }) => url.includes('/where?')),
        ).toHaveLength(2),
      );
      // The reason stands before it.
      expect(
        await screen.findByText(/. 0\.4\.0: in dev since 09:12\./),
      ).toBeVisible();
    });

    it('says what to give instead', async () => {
      const { user } = openDelivery(healthyDelivery(), {
        where: failureAnswer(400, {
          code: 'DELIVERY_REF_INVALID',
          kind: 'input',
          message: 'Give at least 7 digits of the commit.',
        }),
      });
      await user.type(await findBox(), 'abc{Enter}');

      expect(
        await screen.findByText('Give at least 7 digits of the commit.'),
      ).toBeVisible();
    });
  });
});
