import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  expectNoSideways,
  widths,
} from './pages/accessibility';
import { DeliveryTab } from './pages/DeliveryTab';
import { ForgeRepository } from './pages/ForgeRepository';
import { PortalApi } from './pages/PortalApi';
import { lookAtTab } from './pages/lookAtTab';
import { ReleaseForm } from './pages/ReleaseForm';
import { signInAs } from './pages/signInAs';
import { TaskPage } from './pages/TaskPage';
import { inBothThemes } from './pages/themes';

/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

test.describe('the Delivery tab', () => {
  test('shows what waits, what was released and what each environment wants', async ({
    page,
    browser,
  }) => {
    test.setTimeout(180_000);
    const tab = new DeliveryTab(page);
    await tab.open('ledger');
    const unreleased = tab.stage('Unreleased');
    await expect(unreleased).toContainText(/\d+ commits?/, read);
    await expect(tab.stage('Latest release')).toContainText(/0\.\d\.0/);
    for (const environment of ['dev', 'staging', 'production']) {
      await expect(tab.stage(environment)).toBeVisible();
    }
    await expect(tab.text('History')).toBeVisible();

    await lookAtTab(browser, page, {
      user: 'guest',
      name: 'ledger',
      says: /\d+ commits?/,
      picture: 'delivery-tab',
      isPicturedNarrow: true,
    });
  });

  test('answers where a version is, and where there is none', async ({
    page,
  }) => {
    const tab = new DeliveryTab(page);
    await tab.open('ledger');
    await expect(tab.stage('Latest release')).toContainText(/0\.\d\.0/, read);
    await tab.find.fill('#99');
    await tab.find.press('Enter');
    await expect(
      tab.text(
        '#99: no such commit or pull request in what is known (since 0.1.0).',
      ),
    ).toBeVisible();
    await tab.find.fill('abc123');
    await tab.find.press('Enter');
    await expect(
      tab.text('Give at least 7 digits of the commit.'),
    ).toBeVisible();
  });

  test('shows everything to who only looks, and nothing to press', async ({
    page,
  }) => {
    await signInAs(page, 'viewer');
    const tab = new DeliveryTab(page);
    await tab.open('ledger');
    await expect(
      tab.text(
        /^You can see the deliveries of (?:ledger|Ledger)\. (?:accounting|Accounting) can change them\.$/,
      ),
    ).toBeVisible(read);
    await expect(tab.stage('Latest release')).toContainText(/0\.\d\.0/, read);
    await expect(tab.verbs).toHaveCount(0);

    const form = new ReleaseForm(page);
    await form.open('component:default/ledger');
    await form.button('Next').click();
    await expect(form.text('You may not release ledger.').last()).toBeVisible();
  });

  test('brings a first release, and says so without a reload', async ({
    page,
    context,
    baseURL,
  }) => {
    test.setTimeout(240_000);
    const receipts = ForgeRepository.make({
      name: 'receipts',
      owner: 'group:default/accounting',
      commits: [
        'feat: keep a receipt',
        'feat: find a receipt',
        'fix: a receipt without a date',
        'docs: how to keep receipts',
        'chore: a hook',
      ],
    });
    await new PortalApi(baseURL!).forgeHas('receipts');
    const tab = new DeliveryTab(page);
    await tab.open('receipts');
    await expect(tab.stage('Unreleased')).toContainText(
      '5 commits, none released yet',
      read,
    );
    await expect(tab.stage('Unreleased')).toContainText('First release: 0.1.0');
    await expect(tab.stage('Latest release')).toContainText('No release yet');
    await expect(tab.stage('dev')).toContainText('Release it first.');

    const other = await context.newPage();
    const form = new ReleaseForm(other);
    const link = await tab.verb('Release 0.1.0…').getAttribute('href');
    await other.goto(link!);
    await form.button('Next').click();
    await expect(form.headline('Release receipts 0.1.0')).toBeVisible();
    await form.button('Confirm').click();
    await form.button('Release').click();
    await new TaskPage(other).opened();

    await expect(tab.announcement).toContainText(
      'receipts 0.1.0 released: 2 features, 1 fix.',
      { timeout: 60_000 },
    );
    await expect(tab.stage('Latest release')).toContainText('0.1.0');
    await expect(tab.stage('Unreleased')).toContainText(
      'No commits since 0.1.0.',
    );
    expect(receipts.tags()).toEqual(['v0.1.0']);
  });
});

test.describe('Deliveries', () => {
  test('lists the components, filtered as the address says, and comes back to where one was', async ({
    page,
    browser,
  }) => {
    test.setTimeout(180_000);
    await page.goto('/deliveries');
    const all = '[data-testid="dojo-deliveries"]';
    const list = page.locator(all);
    await expect(list.getByRole('link', { name: 'Ledger' })).toBeVisible(read);
    await list
      .getByRole('searchbox', { name: 'Name, version or commit' })
      .fill('ledg');
    await expect(page).toHaveURL(/[?&]q=ledg/);
    await list.getByRole('link', { name: 'Ledger' }).click();
    await expect(page).toHaveURL(/\/ledger\/delivery/);
    await page.goBack();
    await expect(page).toHaveURL(/[?&]q=ledg/);
    await expect(list.getByRole('link', { name: 'Ledger' })).toBeVisible();
    await page.goto('/deliveries?q=nobody');
    await expect(list.getByText('No component matches: nobody.')).toBeVisible();

    await inBothThemes(browser, async themed => {
      await themed.page.goto('/deliveries');
      await expect(
        themed.page.locator(all).getByRole('link', { name: 'Ledger' }),
      ).toBeVisible();
      await expectAccessible(themed.page, all);
      for (const width of widths) {
        await themed.page.setViewportSize({ width, height: 900 });
        await expectNoSideways(themed.page);
        await themed.picture(`deliveries-${width}`);
      }
    });
  });
});
