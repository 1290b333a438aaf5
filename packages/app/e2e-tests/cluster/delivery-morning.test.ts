import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import type { ClusterPortal } from '../pages/ClusterPortal';
import { clusterTest as test } from '../pages/clusterTest';
import { DeliveriesPage } from '../pages/DeliveriesPage';
import { DeliveryTab } from '../pages/DeliveryTab';
import { InfraRepository } from '../pages/InfraRepository';
import { ownComponent, workload } from '../pages/OwnComponent';
import { PortalApi } from '../pages/PortalApi';
import { signInAs } from '../pages/signInAs';
import { inBothThemes } from '../pages/themes';

const owner = 'group:default/platform';
/** Longer than it takes until each source was read once, and pods run. */
const read = { timeout: 90_000 };
/** A watch is tried again for 30 s before its cluster counts as silent; it is asked again within 30 s of its return. */
const turn = { timeout: 90_000 };
const many = 30;

/** What this file looks at: `desk` runs everywhere, `kiosk` is down, `shop` was changed by hand, `parcel` was forgotten. */
async function makeWorld({ data, url, admin }: ClusterPortal) {
  const own = { owner, data };
  const desk = ownComponent({
    ...own,
    name: 'desk',
    versions: ['0.3.0', '0.4.0'],
    unreleased: ['feat: a drawer'],
  });
  const kiosk = ownComponent({
    ...own,
    name: 'kiosk',
    versions: ['0.4.0', '0.4.1'],
  });
  const shop = ownComponent({ ...own, name: 'shop', versions: ['1.0.0'] });
  ownComponent({
    ...own,
    name: 'parcel',
    versions: ['0.1.0'],
    unreleased: Array.from({ length: 9 }, (_, at) => `fix: string ${at}`),
    daysAgo: 20,
  });
  const quiet = Array.from({ length: many - 1 }, (_, at) =>
    ownComponent({
      ...own,
      name: `quiet-${String(at + 1).padStart(2, '0')}`,
      versions: ['1.0.0'],
    }),
  );
  new InfraRepository(data).put('deploy: a morning', {
    ...desk.overlay('dev', '0.4.0'),
    ...desk.overlay('staging', '0.3.0'),
    ...kiosk.overlay('staging', '0.4.1'),
    ...shop.overlay('dev', '1.0.0'),
    ...Object.assign(
      {},
      ...quiet.map(each => each.overlay('production', '1.0.0')),
    ),
  });
  const objects = [
    ...workload(desk, 'dev', '0.4.0'),
    ...workload(desk, 'staging', '0.3.0'),
    ...workload(kiosk, 'staging', '0.4.1', { isBroken: true }),
    ...workload(shop, 'dev', '1.0.0'),
  ];
  for (const object of objects) await admin.apply(object, 'dojo-portal');
  const api = new PortalApi(url);
  const all = [
    'desk',
    'kiosk',
    'shop',
    'parcel',
    ...quiet.map(each => each.name),
  ];
  // The forge is looked at with each of them, all of which are in it.
  await api.forgeHas('desk');
  await api.catalogHas(...all.map(name => `component/default/${name}`));
  // The list finds by itself what the catalog has new, within five minutes.
  await Promise.all(
    all.map(name => api.openDelivery(`component:default/${name}`)),
  );
}

test.describe('a morning', () => {
  test.beforeAll(async ({ portal }) => {
    test.setTimeout(480_000);
    await makeWorld(portal);
  });

  // What is down for long comes first in the list of whoever comes next.
  test.afterAll(async ({ portal }) => {
    for (const object of workload({ name: 'kiosk' }, 'staging', '0.4.1', {
      replicas: 0,
    })) {
      await portal.admin.apply(object, 'dojo-portal');
    }
  });

  // Whatever became of a test, the next ones have their cluster.
  test.afterEach(({ portal }) => portal.staging.reopen());

  test('a cluster that is silent leaves what was known, and says so', async ({
    page,
    browser,
    portal,
  }) => {
    test.setTimeout(300_000);
    await signInAs(page, 'developer');
    const tab = new DeliveryTab(page);
    await tab.open('desk');
    const dev = tab.stage('dev');
    const staging = tab.stage('staging');
    const unseenName = `late-${Date.now().toString(36)}`;
    const silent =
      /staging's cluster has not answered since (?:\d+ \w{3} )?\d\d:\d\d: connection refused\. ?The rest is current\./;

    await test.step('everything runs', async () => {
      await expect(dev).toContainText('Healthy', read);
      await expect(staging).toContainText('Healthy', read);
      await expect(staging).toContainText('0.3.0');
    });

    await test.step('of a token that has expired it is said who can renew it', async () => {
      await portal.staging.expireToken();
      await expect(tab.page).toContainText(
        'The portal may not read staging (token expired). Your platform team can renew it.',
        turn,
      );
      await expect(staging).toContainText('Healthy');
    });

    await test.step('its server stops: the last facts stay, with their age, and one line says it', async () => {
      await portal.staging.close();
      // What comes only now was never seen there.
      const late = ownComponent({
        name: unseenName,
        owner: 'group:default/accounting',
        data: portal.data,
        versions: ['0.1.0'],
      });
      new InfraRepository(portal.data).put(
        'deploy: while nobody sees it',
        late.overlay('staging', '0.1.0'),
      );
      await expect(tab.page).toContainText(silent, turn);
      await expect(staging).toContainText('0.3.0');
      await expect(staging).toContainText(
        /as of \d\d:\d\d \((?:just now|\d+ min ago)\)/,
      );
      await expect(tab.stale).toHaveCount(1);
      await expect(staging.locator('[data-stale]')).toHaveCount(1);
    });

    await test.step('the rest is as before', async () => {
      await expect(tab.stage('Unreleased')).toContainText('1 commit');
      await expect(tab.stage('Latest release')).toContainText('0.4.0');
      await expect(dev).toContainText(/0\.4\.0.*Healthy/s);
      await expect(tab.history).toContainText('0.4.0 landed in dev');
    });

    await test.step('nothing is brought there, or taken from there', async () => {
      for (const [stage, name] of [
        [staging, 'Deploy 0.4.0 to staging…'],
        [staging, 'Promote 0.4.0 to staging…'],
        [tab.stage('production'), 'Promote 0.3.0 to production…'],
      ] as const) {
        const verb = stage.getByRole('button', { name });
        await expect(verb).toBeDisabled();
        await expect(verb).toHaveAccessibleDescription(
          "staging's cluster does not answer.",
        );
      }
    });

    await test.step('of what was never seen there nothing is made up', async () => {
      await new PortalApi(portal.url).catalogHas(
        `component/default/${unseenName}`,
      );
      const other = await page.context().newPage();
      const unseen = new DeliveryTab(other);
      await unseen.open(unseenName);
      await expect(unseen.stage('staging')).toContainText(/\?\s*Unknown/, read);
      await expect(unseen.stage('staging')).toContainText('Wanted 0.1.0', read);
      await expect(unseen.stage('staging')).not.toContainText('Healthy');
      await other.close();
    });

    await inBothThemes(browser, async themed => {
      await signInAs(themed.page, 'developer');
      const looked = new DeliveryTab(themed.page);
      await looked.open('desk');
      await expect(looked.page).toContainText(silent);
      await expect(looked.history).toBeVisible();
      await expectAccessible(themed.page, looked.all);
      await themed.picture('delivery-silent');
    });

    await test.step('after its return all is current, without a reload', async () => {
      await portal.staging.reopen();
      await expect(tab.announcement).toContainText(
        'staging is current again.',
        turn,
      );
      await expect(tab.stale).toHaveCount(0);
      await expect(tab.page).not.toContainText('has not answered');
      await expect(staging).toContainText('Healthy');
    });
  });

  test('a session that ends leads to the sign-in, and back to the same page', async ({
    page,
  }) => {
    await page.clock.install();
    await signInAs(page, 'developer');
    const tab = new DeliveryTab(page);
    await tab.open('desk');
    await expect(tab.stage('dev')).toContainText('0.4.0', read);
    const address = page.url();
    // What signs in refuses to renew it, as it does once a session has ended.
    const renewal = '**/api/auth/guest/refresh';
    await page.route(renewal, route =>
      route.fulfill({
        status: 401,
        json: { error: { name: 'AuthenticationError', message: 'Expired' } },
      }),
    );
    await page.clock.fastForward('01:00:00');
    await expect(tab.text('Your session has expired')).toBeVisible(read);
    await expect(tab.stage('dev')).toContainText('0.4.0');
    await expectAccessible(page, tab.all);
    await page.unroute(renewal);
    await tab.page.getByRole('button', { name: 'Sign in again' }).click();
    await expect(tab.text('Your session has expired')).toHaveCount(0, read);
    await expect(tab.stage('dev')).toContainText('0.4.0', read);
    expect(page.url()).toBe(address);
  });

  test('what needs the operator comes first, and the way back leads to where one was', async ({
    page,
    browser,
    portal,
  }) => {
    test.setTimeout(240_000);
    // Once what was applied has been seen, somebody changes it.
    const [, changed] = workload({ name: 'shop' }, 'dev', '1.0.0', {
      replicas: 2,
    });
    await portal.admin.apply(changed, 'kubectl');
    await signInAs(page, 'developer');
    const list = new DeliveriesPage(page);
    await list.open();

    await test.step('the first view is of the own teams, those that need somebody first', async () => {
      await expect(list.text(`3 of ${many + 3} need attention`)).toBeVisible(
        read,
      );
      await expect(
        list.page.getByRole('radio', { name: 'Owned by my teams' }),
      ).toBeChecked();
      await expect(list.rows.nth(0)).toContainText(
        /kiosk.*staging is down: 0\.4\.1 exits at start/s,
      );
      await expect(list.rows.nth(1)).toContainText('shop');
      await expect(list.rows.nth(1)).toContainText('Drifted');
      await expect(list.rows.nth(2)).toContainText('parcel');
      await expect(list.rows.nth(2)).toContainText('9 commits');
      await expect(list.row('kiosk')).toContainText(/0\.4\.1\s*▲\s*Down/);
    });

    await inBothThemes(browser, async themed => {
      await signInAs(themed.page, 'developer');
      const seen = new DeliveriesPage(themed.page);
      await seen.open();
      await expect(seen.link('kiosk')).toBeVisible();
      await expectAccessible(themed.page, seen.all);
      await themed.picture('deliveries-morning');
    });

    await test.step('filtered to an environment, the row leads there and Back to the filter', async () => {
      await list.choose('Environment', 'staging');
      await expect(page).toHaveURL(/[?&]environment=staging/);
      await expect(list.link('shop')).toHaveCount(0);
      await list.link('kiosk').click();
      const tab = new DeliveryTab(page);
      await expect(page).toHaveURL(/\/kiosk\/delivery#staging$/);
      await expect(tab.stage('staging')).toBeVisible();
      await expect(
        page.getByRole('article', { name: /^staging: down/ }),
      ).toBeFocused();
      await page.goBack();
      await expect(page).toHaveURL(/[?&]environment=staging/);
      await expect(list.link('kiosk')).toBeFocused();
      await expect(list.link('shop')).toHaveCount(0);
    });

    await test.step('far down a sorted list, Back comes to the same row', async () => {
      await list.open('?sort=name&order=desc');
      const row = list.link('desk');
      await expect(row).toBeVisible();
      await row.scrollIntoViewIfNeeded();
      const before = await row.boundingBox();
      await row.click();
      await expect(page).toHaveURL(/\/desk\/delivery/);
      await page.goBack();
      await expect(page).toHaveURL(/[?&]sort=name&order=desc/);
      await expect(row).toBeFocused();
      const after = await row.boundingBox();
      expect(Math.abs(after!.y - before!.y)).toBeLessThan(5);
    });

    await test.step('where nothing needs anybody the table stays', async () => {
      await list.open('?q=quiet');
      await expect(list.text('Everything is healthy.')).toBeVisible();
      await expect(list.rows).toHaveCount(many - 1);
    });

    await test.step('who owns nothing sees all', async () => {
      const context = await browser.newContext();
      await signInAs(context, 'viewer');
      const other = await context.newPage();
      const all = new DeliveriesPage(other);
      await other.goto(`${portal.url}/deliveries`);
      await expect(
        all.text('You own no component; showing all.'),
      ).toBeVisible();
      await expect(all.link('kiosk')).toBeVisible();
      await context.close();
    });
  });
});
