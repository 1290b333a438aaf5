import { screen, within } from '@testing-library/react';
import type {
  DeliveryEnvironment,
  DeliveryLine,
} from 'backstage-plugin-dojo-common';
import {
  autoscaledReplicas,
  blockedAction,
  deliveryAction,
  deliveryEnvironment,
  deliveryLine,
  deliveryNow,
  deliveryRelease,
  emptyEnvironment,
  healthyDelivery,
  ledgerDelivery,
  silentDelivery,
  unobservedEnvironment,
  unreleasedDelivery,
  waitingCommit,
} from 'backstage-plugin-dojo-common/testUtils';
import { findCard, openDelivery } from '../__testUtils__/openDelivery';

const openWith = (...environments: DeliveryEnvironment[]) =>
  openDelivery(healthyDelivery({ environments }));
const openLines = (...lines: DeliveryLine[]) =>
  openDelivery(healthyDelivery({ lines }));

describe('Pipeline', () => {
  beforeEach(() =>
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse(deliveryNow)),
  );
  afterEach(() => jest.restoreAllMocks());

  it('goes from unreleased over the release to the environments, with the time between', async () => {
    openDelivery(ledgerDelivery());

    const list = await screen.findByRole('list', {
      name: 'Where every version is',
    });
    expect(
      within(list)
        .getAllByRole('article')
        .map(article => article.getAttribute('aria-label'))
        .slice(2),
    ).toEqual([
      'dev: healthy, running 0.4.1, drifted',
      'staging: down, wanted 0.4.1, nothing running',
      'production: not observed, 0.3.0 landed, waiting for merge',
    ]);
    expect(list).toHaveTextContent('4 min after the release');
    expect(list).toHaveTextContent('11 min after dev');
  });

  it('has environments with the same source one below the other', async () => {
    openWith(
      deliveryEnvironment({ name: 'staging' }),
      unobservedEnvironment({ name: 'production', promotesFrom: 'staging' }),
      unobservedEnvironment({ name: 'production-us', promotesFrom: 'staging' }),
    );

    const { card } = await findCard(/^production:/);
    expect(card.closest('li')).toContainElement(
      (await findCard(/^production-us:/)).card,
    );
  });

  it('begins at the environment that the address names', async () => {
    const scrollIntoView = jest.fn();
    Element.prototype.scrollIntoView = scrollIntoView;
    openDelivery(ledgerDelivery(), { hash: '#staging' });

    expect((await findCard(/^staging:/)).card).toHaveFocus();
    expect(scrollIntoView).toHaveBeenCalled();
  });

  it('says so where no environment is configured', async () => {
    openWith();

    expect(
      await screen.findByText('No environments are configured.'),
    ).toBeVisible();
    expect(screen.queryByRole('heading', { name: /^Measures/ })).toBeNull();
  });

  describe('of an environment', () => {
    it('shows large what runs, and what is wanted besides', async () => {
      openDelivery(ledgerDelivery());

      const { card } = await findCard(/^staging: down/);
      expect(card).toHaveTextContent('nothing runs');
      expect(card).toHaveTextContent('▲ Down for 1 min');
      expect(card).toHaveTextContent('Wanted 0.4.1 5 min ago · owner');
      expect(card).toHaveTextContent('Last ran 0.4.0');
      expect(card).toHaveTextContent('Database 0015');
    });

    it.each<[string, DeliveryEnvironment, RegExp]>([
      ['healthy', deliveryEnvironment(), /0\.4\.0● Healthy/],
      [
        'rolling out',
        deliveryEnvironment({
          health: {
            kind: 'rolling-out',
            sentence: 'pulling the image, 20 s',
          },
        }),
        /◐ Rolling out: pulling the image, 20 s/,
      ],
      [
        'failed',
        deliveryEnvironment({ health: { kind: 'failed' } }),
        /▲ Failed/,
      ],
      [
        'stopped',
        deliveryEnvironment({ health: { kind: 'stopped' } }),
        /■ Stopped/,
      ],
      [
        'empty',
        emptyEnvironment({ wanted: { kind: 'nothing' } }),
        /○ Not deployedNo overlay yet/,
      ],
      [
        'unknown',
        deliveryEnvironment({
          running: { kind: 'unknown', source: 'cluster:dev' },
          health: { kind: 'unknown', source: 'cluster:dev' },
        }),
        /unknown\? UnknownWanted 0\.4\.0/,
      ],
      [
        'not observed',
        unobservedEnvironment(),
        /0\.4\.0◌ Not observed: dev has no clusterlanded 16 min ago · owner/,
      ],
      [
        'mixed',
        deliveryEnvironment({
          running: {
            kind: 'mixed',
            parts: ['0.3.0', '0.4.0'].map(version => ({
              version,
              since: deliveryNow,
              ready: 1,
              of: 1,
            })),
          },
        }),
        /0\.3\.0 and 0\.4\.0/,
      ],
      [
        'with migrations that wait',
        deliveryEnvironment({
          wanted: {
            ...deliveryEnvironment().wanted,
            kind: 'version',
            version: '0.5.1',
          } as DeliveryEnvironment['wanted'],
          database: {
            kind: 'level',
            at: '0015_reconciliation',
            needs: '0016_rates',
            pending: ['0016_rates'],
            breakingPending: true,
            ahead: false,
          },
        }),
        /Database 0015, 0\.5\.1 needs 0016: 1 migration pending Breaking/,
      ],
      [
        'with an overlay that cannot be read',
        deliveryEnvironment({
          wanted: {
            kind: 'unreadable',
            path: 'kustomization.yaml',
            line: 7,
            sentence:
              "dev's overlay cannot be read: kustomization.yaml line 7, tab in indentation.",
            commit: '8be1a02'.padEnd(40, '0'),
          },
          running: { kind: 'not-observed' },
        }),
        /unknown.*cannot be read: kustomization\.yaml line 7.*Open the file/,
      ],
      [
        'whose overlay was removed, and whose cluster runs it still',
        deliveryEnvironment({
          wanted: {
            kind: 'nothing',
            removed: {
              commit: '8be1a02'.padEnd(40, '0'),
              at: new Date(Date.parse(deliveryNow) - 60_000).toISOString(),
            },
          },
        }),
        /Healthy.*Its overlay was removed by somebody 1 min ago/,
      ],
      [
        'whose overlay was removed',
        emptyEnvironment({
          wanted: {
            kind: 'nothing',
            removed: {
              commit: '8be1a02'.padEnd(40, '0'),
              at: new Date(Date.parse(deliveryNow) - 60_000).toISOString(),
              by: { name: 'guest' },
            },
          },
        }),
        /○ Not deployed, removed by guest 1 min ago$/,
      ],
      [
        'where an autoscaler has the replicas',
        deliveryEnvironment({
          drift: { kind: 'none', leftAlone: [autoscaledReplicas] },
        }),
        /Healthy.*replicas belongs to the autoscaler; it is left alone\./,
      ],
      [
        'frozen',
        deliveryEnvironment({
          frozen: { sentence: 'Frozen until Mon 08:00 (Europe/Rome)' },
        }),
        /❄ Frozen until Mon 08:00 \(Europe\/Rome\)/,
      ],
      [
        'with a change that waits',
        unobservedEnvironment({
          waiting: {
            version: '0.4.0',
            kind: 'merge',
            since: new Date(Date.parse(deliveryNow) - 60_000).toISOString(),
            requestedBy: { name: 'owner' },
            outdated: { source: 'staging', version: '0.4.1' },
          },
        }),
        /⏳ 0\.4\.0 waits for a merge, requested by owner 1 min ago.*staging now runs 0\.4\.1\. This change still brings 0\.4\.0\./,
      ],
    ])('says of one that is %s', async (_, environment, text) => {
      openWith(environment);

      expect((await findCard(/^dev:/)).card).toHaveTextContent(text);
    });

    it('says which fields differ from git', async () => {
      openDelivery(ledgerDelivery());

      const { card } = await findCard(/^dev:/);
      expect(card).toHaveTextContent('≠ Drifted');
      expect(card).toHaveTextContent(
        /1 field differs from git: Deployment\/ledger replicas 2 instead of 1, changed by kubectl 3 min ago\./,
      );
    });

    it('greys old facts and says of when they are', async () => {
      openDelivery(silentDelivery());

      const { card } = await findCard(/^staging:/);
      expect(card).toHaveAttribute('data-stale', 'true');
      expect(card).toHaveTextContent(/as of \d\d:01 \(2 min ago\)/);
      expect((await findCard(/^dev:/)).card).not.toHaveAttribute('data-stale');
    });

    it('keeps a verb that a rule holds back, disabled, with the reason', async () => {
      openDelivery(
        healthyDelivery({
          actions: [
            blockedAction(
              'promote',
              'Promote 0.4.1 to production…',
              'staging is down.',
              {
                environment: 'production',
              },
            ),
          ],
        }),
      );

      const { inCard } = await findCard(/^production:/);
      const button = inCard.getByRole('button', {
        name: 'Promote 0.4.1 to production…',
      });
      expect(button).toBeDisabled();
      expect(button).toHaveAccessibleDescription('staging is down.');
      expect(inCard.getByText('staging is down.')).toBeVisible();
    });

    it('says once what holds several verbs back, below the last of them', async () => {
      const reason = "staging's overlay cannot be read.";
      const verbs = ['Roll back staging…', 'Promote 0.3.0 to staging…'];
      openDelivery(
        healthyDelivery({
          actions: [
            blockedAction('roll-back', verbs[0], reason, {
              environment: 'staging',
            }),
            blockedAction('promote', verbs[1], reason, {
              environment: 'staging',
            }),
            deliveryAction('migrate', 'Migrate staging to 0.3.0…', {
              environment: 'staging',
            }),
          ],
        }),
      );
      const { card } = await findCard(/^staging:/);
      expect(within(card).getAllByText(reason)).toHaveLength(1);
      for (const name of verbs) {
        const button = within(card).getByRole('button', { name });
        expect(button).toBeDisabled();
        expect(button).toHaveAccessibleDescription(reason);
      }
      expect(
        within(card).getByRole('link', { name: 'Migrate staging to 0.3.0…' }),
      ).toBeVisible();
    });
  });

  describe('of what is not released', () => {
    it('says so where there is nothing', async () => {
      openDelivery(healthyDelivery());

      expect(await screen.findByText('No commits since 0.4.0.')).toBeVisible();
    });

    it('counts, says the next version and why, and folds what does not count', async () => {
      openLines(
        deliveryLine({
          breaking: 1,
          commits: [
            waitingCommit('1', 'feat!: one', {
              level: 'minor',
              breaking: true,
            }),
            waitingCommit('2', 'feat: two', { level: 'minor' }),
            waitingCommit('3', 'fix: three'),
            waitingCommit('4', 'fix: four'),
            waitingCommit('5', 'docs: five', { level: 'none' }),
          ],
          count: 12,
          counting: 6,
          omitted: 7,
        }),
      );

      const card = await screen.findByRole('article', { name: 'Unreleased' });
      expect(card).toHaveTextContent('12 commits');
      expect(within(card).getByText('Breaking')).toBeVisible();
      expect(card).toHaveTextContent('Minor bump (0.4.1 -> 0.5.0): 1 feature');
      expect(
        within(card).getByRole('link', { name: 'feat!: one' }),
      ).toHaveAttribute('href', 'https://forge.example/acme/ledger/commit/1');
      expect(within(card).getByText('feat: two')).toBeVisible();
      expect(within(card).getByText('fix: four')).not.toBeVisible();
      expect(card).toHaveTextContent(/3 more count.*2 more are not shown here/);
      expect(card).toHaveTextContent(
        /6 do not count.*5 more are not shown here/,
      );
    });

    it('says of a first release that none came before', async () => {
      openDelivery(unreleasedDelivery());

      const card = await screen.findByRole('article', { name: 'Unreleased' });
      expect(card).toHaveTextContent('5 commits, none released yet');
      expect(card).toHaveTextContent('First release: 0.1.0');
      expect(
        await screen.findByRole('article', { name: 'Latest release' }),
      ).toHaveTextContent('No release yet');
    });

    it('has a line for each maintenance branch that holds commits', async () => {
      openLines(
        deliveryLine({ commits: [], count: 0, counting: 0, next: undefined }),
        deliveryLine({
          branch: 'release/0.3',
          commits: [waitingCommit('40', 'fix(net-worth): count credit cards')],
          count: 1,
          counting: 1,
          notOnMain: 1,
          notOnMainSentence:
            '1 fix of this branch is not on main: fix(net-worth): count credit cards.',
          next: { ...deliveryLine().next!, version: '0.3.1' },
        }),
      );

      const card = await screen.findByRole('article', { name: 'Unreleased' });
      expect(card).toHaveTextContent('main: no commits since 0.4.0');
      expect(card).toHaveTextContent('release/0.3: 1 commit, next 0.3.1');
      expect(card).toHaveTextContent(
        '1 fix of this branch is not on main: fix(net-worth): count credit cards.',
      );
    });
  });

  it('says of the latest release what may not be deployed', async () => {
    openDelivery(
      healthyDelivery({
        latest: deliveryRelease({
          rejected: { reason: 'wrong time zone value' },
          moved: {
            from: '1b77e0'.padEnd(40, '0'),
            to: '44ac10'.padEnd(40, '0'),
          },
        }),
      }),
    );

    const card = await screen.findByRole('article', { name: 'Latest release' });
    expect(card).toHaveTextContent('Rejected: wrong time zone value');
    expect(card).toHaveTextContent(
      'v0.4.1 was moved from 1b77e00 to 44ac100; it is not deployed any more.',
    );
    expect(card).toHaveTextContent('sha256:9f2c41…');
    expect(card).toHaveTextContent('Needs database 0015');
  });

  it('shows text of others letter by letter', async () => {
    const text = '<img src=x onerror="alert(1)">';
    openLines(
      deliveryLine({ commits: [waitingCommit('1', text, { author: text })] }),
    );

    expect(await screen.findByText(text)).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
  });
});
