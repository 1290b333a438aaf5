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

  test('shows its own docs, on a narrow page too, and names each page', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 420, height: 900 });
    await page.goto('/docs');
    const docs = page.getByTestId('docs');
    await expect(docs.getByRole('heading', { level: 1 })).toHaveText(
      'Dojo Portal',
    );
    await docs
      .getByRole('link', { name: 'release a component from the portal' })
      .click();
    await expect(page).toHaveTitle(
      'Release a component from the portal | Dojo Portal',
    );
    const picture = docs.getByRole('img').first();
    await expect
      .poll(() =>
        picture.evaluate((image: HTMLImageElement) => image.naturalWidth),
      )
      .toBeGreaterThan(0);
    const [inner, all] = await page.evaluate(() => [
      window.innerWidth,
      document.documentElement.scrollWidth,
    ]);
    expect(all).toBeLessThanOrEqual(inner);
    await page.goto('/docs/how-to/nothing');
    await expect(
      docs.getByText('There is no page how-to/nothing in the docs.'),
    ).toBeVisible();
    await page.goto('/create/templates/default/release');
    await expect(page).toHaveTitle('Release a component | Dojo Portal');
    await page.goto('/deliveries');
    await expect(page).toHaveTitle('Deliveries | Dojo Portal');
  });

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
