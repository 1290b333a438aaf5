import { type Browser, expect, type Page } from '@playwright/test';
import { DeliveriesPage } from '../pages/DeliveriesPage';
import { measured, scaleTest as test } from '../pages/scaleTest';
import { drawnAfter, drawnAfterLoad, report } from '../pages/stopwatch';
import { untilIdle } from '../pages/untilIdle';

// Figures are of a machine that does nothing else: bench/page runs this, no suite does.

/** How often each is measured; the middle one counts. */
const rounds = 7;
const address = '/deliveries?show=all&sort=name';
const rows = '[data-testid="dojo-deliveries"] :is(li, tr)';
/** The name in a row, which leads to its component. */
const names = `${rows} a[id]`;
const noMatch = '[data-testid="dojo-deliveries"] p[role="status"]';
/** The name in a row of Backstage's own list of components. */
const catalogNames = 'td:first-of-type a';

/** Of story 20, milliseconds. */
const bounds = { first: 1_000, change: 300 };

async function openOf(browser: Browser, width: number, baseURL?: string) {
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: 900 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return page;
}

/** The middle of so many rounds of one figure, written down. */
async function middleOf(what: string, round: () => Promise<number>) {
  const all: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) all.push(await round());
  all.sort((one, other) => one - other);
  const middle = Math.round(all[Math.floor(all.length / 2)] ?? 0);
  report(what, middle);
  return middle;
}

/** Opens a page of the portal by its menu, as somebody does who is in it. */
async function follow(page: Page, name: string) {
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('link', { name, exact: true }).first().click();
}

/** Waits until nothing is asked any more. */
async function settle(page: Page) {
  await page.waitForLoadState('networkidle');
}

for (const { width, called } of [
  { width: 420, called: 'cards, 420 px' },
  { width: 1440, called: 'table, 1440 px' },
]) {
  test(`a thousand components: ${called}`, async ({ browser, baseURL }) => {
    test.setTimeout(600_000);
    const page = await openOf(browser, width, baseURL);
    const deliveries = new DeliveriesPage(page);
    await expect(async () => {
      await deliveries.open('?show=all&sort=name');
      await expect(deliveries.text('1 to 50 of 1003')).toBeVisible();
    }).toPass({ timeout: 240_000 });
    await untilIdle();

    await test.step('the first rows', async () => {
      const loaded = await middleOf(
        `Deliveries, ${called}: first rows, the whole portal loaded anew`,
        () => drawnAfterLoad(page, address, names),
      );
      expect(loaded).toBeLessThanOrEqual(bounds.first);
      const first = await middleOf(
        `Deliveries, ${called}: first rows, from another page`,
        async () => {
          await page.goto('/docs');
          await settle(page);
          return drawnAfter(page, () => follow(page, 'Deliveries'), {
            selector: names,
          });
        },
      );
      expect(first).toBeLessThanOrEqual(bounds.first);
    });

    await page.goto(address);
    await settle(page);
    await test.step('narrowed by words', async () => {
      const narrowed = await middleOf(
        `Deliveries, ${called}: narrowed, from the last letter`,
        async () => {
          await deliveries.search.focus();
          const took = await drawnAfter(
            page,
            () => page.keyboard.type('service-999'),
            { selector: names, text: 'service-999', count: 1 },
          );
          await page.keyboard.press('Escape');
          await expect(deliveries.rows).toHaveCount(50);
          return took;
        },
      );
      expect(narrowed).toBeLessThanOrEqual(bounds.change);
    });

    await test.step('narrowed by what may be wanted', async () => {
      const drifted = deliveries.page.getByRole('radio', { name: 'Drifted 0' });
      const narrowed = await middleOf(
        `Deliveries, ${called}: Drifted`,
        async () => {
          await drifted.focus();
          const took = await drawnAfter(
            page,
            () => page.keyboard.press('Space'),
            { selector: noMatch, text: 'No component matches: drifted.' },
          );
          await page.keyboard.press('Space');
          await expect(deliveries.rows).toHaveCount(50);
          return took;
        },
      );
      expect(narrowed).toBeLessThanOrEqual(bounds.change);
    });

    await test.step('sorted', async () => {
      const sort = deliveries.choice(/Sort by/);
      const sorted = await middleOf(
        `Deliveries, ${called}: sorted`,
        async () => {
          await sort.focus();
          await page.keyboard.press('Enter');
          await page
            .getByRole('option', { name: 'Latest deployment' })
            .waitFor();
          await page.keyboard.type('Latest d');
          const took = await drawnAfter(
            page,
            () => page.keyboard.press('Enter'),
            { selector: names, text: measured.noted },
          );
          await page.goto(address);
          await settle(page);
          await expect(deliveries.rows).toHaveCount(50);
          return took;
        },
      );
      expect(sorted).toBeLessThanOrEqual(bounds.change);
    });
    await page.context().close();
  });
}

test("a thousand components: Backstage's own list beside", async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(600_000);
  const page = await openOf(browser, 1440, baseURL);
  await untilIdle();
  const list = "Backstage's list of components, 1440 px";

  await middleOf(`${list}: first rows, the whole portal loaded anew`, () =>
    drawnAfterLoad(page, '/catalog', catalogNames),
  );
  await middleOf(`${list}: first rows, from another page`, async () => {
    await page.goto('/docs');
    await settle(page);
    return drawnAfter(page, () => follow(page, 'Catalog'), {
      selector: catalogNames,
    });
  });
  await middleOf(`${list}: narrowed, from the last letter`, async () => {
    await page.goto('/catalog');
    await settle(page);
    await page.getByPlaceholder('Search', { exact: true }).focus();
    return drawnAfter(page, () => page.keyboard.type('service-999'), {
      selector: catalogNames,
      text: 'service-999',
    });
  });
  await page.context().close();
});
