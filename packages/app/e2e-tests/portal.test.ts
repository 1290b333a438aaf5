import { expect, test } from '@playwright/test';
import { CatalogPage } from './pages/CatalogPage';
import { EntityPage } from './pages/EntityPage';
import { deny } from './pages/permissions';

test.describe('portal', () => {
  test('opens without a click to sign in, with the ledger in the catalog', async ({
    page,
  }) => {
    const catalog = new CatalogPage(page);
    await catalog.open();
    await expect(catalog.component('Ledger')).toBeVisible();
    await expect(page).toHaveURL(/\/catalog(\?|$)/);
  });

  test('answers at the address of the catalog', async ({ page }) => {
    await page.goto('/catalog');
    await expect(new CatalogPage(page).component('Ledger')).toBeVisible();
  });

  test('opens a deep link, and opens it again after a reload', async ({
    page,
  }) => {
    const entity = new EntityPage(page);
    await entity.open('ledger');
    await expect(entity.heading('Ledger')).toBeVisible();
    await page.reload();
    await expect(entity.heading('Ledger')).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is ${colorScheme} where the system is`, async ({ browser }) => {
      const page = await browser.newPage({ colorScheme });
      await new EntityPage(page).open('ledger');
      await expect(page.locator('body')).toHaveAttribute(
        'data-theme-mode',
        colorScheme,
      );
      await page.close();
    });
  }

  test('shows in grey what is not permitted', async ({ page }) => {
    const entity = new EntityPage(page);
    const colorOf = (name: string) =>
      entity.menuItem(name).evaluate(item => getComputedStyle(item).color);
    await deny(page, 'dojo.migration.');
    await entity.open('ledger');
    await entity.openMenu();
    await expect(entity.menuItem('Release')).toBeEnabled();
    for (const name of ['Migrate', 'Restore a backup', 'Rebuild caches']) {
      await expect(entity.menuItem(name)).toBeDisabled();
    }
    expect(await colorOf('Migrate')).not.toBe(await colorOf('Release'));
  });
});
