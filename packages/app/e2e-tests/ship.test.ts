import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DevLedger } from './pages/DevLedger';
import { EntityPage } from './pages/EntityPage';
import { InfraRepository } from './pages/InfraRepository';
import { tabTo } from './pages/keyboard';
import { LedgerRepository } from './pages/LedgerRepository';
import { PortalApi } from './pages/PortalApi';
import { ShipForm } from './pages/ShipForm';
import { TaskPage } from './pages/TaskPage';
import { inBothThemes, picturedInBothThemes } from './pages/themes';

const component = 'component:default/ledger';
const overlay = 'ledger/dev/kustomization.yaml';
const headline = /^Ship ledger \d+\.\d+\.\d+ to dev$/;
const breaks =
  'GET /accounts answers objects with name, kind and currency instead of names.';

test.describe('ship', () => {
  test.beforeAll(async ({ baseURL }) => {
    const infra = new InfraRepository();
    const isThere = infra.git('ls-tree', '-r', '--name-only', 'HEAD');
    await new PortalApi(baseURL!).deploy({
      environment: 'dev',
      version: 'v0.2.0',
      // Whichever test was first has made the claim.
      ...(!isThere.includes(overlay) && { storage: { size: '1Gi' } }),
    });
    new LedgerRepository().commit(
      `feat(api)!: accounts have a kind\n\nBREAKING CHANGE: ${breaks}`,
    );
  });

  test('stops where the branch moved since the review, and brings what was reviewed to dev', async ({
    page,
    browser,
  }) => {
    // Two runs, looked at in six more pages.
    test.setTimeout(480_000);
    const repository = new LedgerRepository();
    const infra = new InfraRepository();
    const form = new ShipForm(page);
    const task = new TaskPage(page);
    const level = new DevLedger().level();

    await test.step('the menu opens the form, with the first environment chosen', async () => {
      const entity = new EntityPage(page);
      await entity.open('ledger');
      await entity.choose('Ship…');
      await expect(form.component).toHaveValue('Ledger');
      await expect(form.environment('dev')).toBeChecked();
      await expect(form.environment('staging')).toHaveCount(0);
      await form.button('Next').click();
    });

    await test.step('the review has three plans on one page, in the order of what matters', async () => {
      await expect(form.headline(headline)).toBeVisible();
      await expect(
        form.headline(
          level.pending > 0
            ? /^Migrate dev database \d+ -> 0015 \(\d migrations?, all or nothing\)$/
            : /^Nothing to migrate: dev database is at 0015$/,
        ),
      ).toBeVisible();
      await expect(form.breaking).toContainText(breaks);
      const titles = await form.headings.allTextContents();
      const at = (title: RegExp) => titles.findIndex(each => title.test(each));
      const order = [
        at(headline),
        at(/^What will happen$/),
        at(/^Breaking changes?$/),
        at(/dev database/),
        at(/^Deploy ledger v/),
        at(/^Release ledger/),
      ];
      expect(order).not.toContain(-1);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      await inBothThemes(browser, async themed => {
        const seen = new ShipForm(themed.page);
        await seen.open(component);
        await expect(seen.environment('dev')).toBeChecked();
        await seen.button('Next').click();
        await expect(seen.headline(headline)).toBeVisible();
        await expectAccessible(themed.page, seen.review);
        await themed.picture('ship-review');
      });
    });

    await test.step('a commit pushed since the review stops it before its first effect', async () => {
      await form.button('Confirm').click();
      await expect(form.confirmed('What happens')).toContainText(/Ship ledger/);
      const reviewed = repository.git('rev-parse', 'main');
      const pushed = repository.commit('docs: say how accounts are listed');
      const tags = repository.tags();
      const before = infra.head();
      await form.button('Ship').click();
      await task.opened();
      await expect(
        task.text(
          `main moved from ${reviewed.slice(0, 7)} to ${pushed.slice(
            0,
            7,
          )} since your review. Nothing was changed.`,
        ),
      ).toBeVisible();
      expect(repository.tags()).toEqual(tags);
      expect(infra.head()).toBe(before);
      const address = page.url();
      await picturedInBothThemes(browser, async themed => {
        await themed.page.goto(address);
        await expect(
          new TaskPage(themed.page).text(/main moved from/),
        ).toBeVisible();
        await themed.picture('ship-moved');
      });
    });

    await test.step('reviewed again, it releases, migrates and deploys', async () => {
      await form.open(component);
      await expect(form.environment('dev')).toBeChecked();
      await form.button('Next').click();
      await expect(form.headline(headline)).toBeVisible();
      const title = (await form.headline(headline).textContent()) ?? '';
      const version = /\d+\.\d+\.\d+/.exec(title)?.[0] ?? '';
      const before = infra.head();
      await form.button('Confirm').click();
      await form.button('Ship').click();
      await task.opened();
      await expect(
        task.text(new RegExp(`ledger ${version} was released: tag`)),
      ).toBeVisible({ timeout: 120_000 });
      await expect(
        task.text(new RegExp(`ledger v${version} is in the overlay of dev`)),
      ).toBeVisible();
      await expect(task.heading(title)).toBeVisible();

      const commit = repository.git('rev-parse', `v${version}^0`);
      expect(repository.git('rev-parse', 'main')).toBe(commit);
      expect(infra.git('rev-parse', 'HEAD^')).toBe(before);
      expect(infra.git('show', `HEAD:${overlay}`)).toContain(
        `?ref=${commit} # v${version}`,
      );
      expect(infra.git('show', `HEAD:${overlay}`)).toContain(
        repository.images().get(version),
      );
      expect(new DevLedger().level().pending).toBe(0);
      const address = page.url();
      await picturedInBothThemes(browser, async themed => {
        await themed.page.goto(address);
        await expect(new TaskPage(themed.page).heading(title)).toBeVisible();
        await themed.picture('ship-task');
      });
    });

    await test.step('once more, there is nothing to do', async () => {
      await form.open(component);
      await expect(form.environment('dev')).toBeChecked();
      await form.button('Next').click();
      await expect(form.headline(/^Nothing to ship: dev has/)).toBeVisible();
      await expect(form.button('Confirm')).toBeDisabled();
      await expectAccessible(page, form.review);
    });
  });

  test('is reviewed by keyboard alone', async ({ page }) => {
    new LedgerRepository().commit('fix(api): name the account');
    const form = new ShipForm(page);
    await form.open(component);
    await expect(form.environment('dev')).toBeChecked();
    await tabTo(page, form.button('Next'));
    await page.keyboard.press('Enter');
    await expect(form.headline(headline)).toBeVisible();
    await tabTo(page, form.button('Confirm'));
    await page.keyboard.press('Enter');
    await expect(form.button('Ship')).toBeVisible();
  });
});
