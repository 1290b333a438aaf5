import { type Browser, expect, type Locator } from '@playwright/test';
import { expectAccessible, expectNoSideways } from '../pages/accessibility';
import { DeliveriesPage } from '../pages/DeliveriesPage';
import { DeliveryTab } from '../pages/DeliveryTab';
import { tabTo } from '../pages/keyboard';
import { ReleaseForm } from '../pages/ReleaseForm';
import { measured, scaleTest as test } from '../pages/scaleTest';
import { timeUntil } from '../pages/stopwatch';
import { wordsAcrossLines } from '../pages/wordsAcrossLines';

/** The generated ones, atlas among them, the ledger and two whose landings are measured. */
const all = 1_003;
/** Longer than it takes until the catalog and the index have all of them. */
const taken = { timeout: 240_000 };
const read = { timeout: 60_000 };
/**
 * Milliseconds after which a step fails. The story allows 1,500 until a tab is useful, on a machine that does nothing else.
 * Here others run beside, and what was measured is in the report.
 */
const stuck = 20_000;
const largestAnswer = 60 * 1024;
const entriesOfHistory = 20;
const keptReleases = 200;

/** A narrow dark window without motion. */
async function openNarrow(browser: Browser, baseURL: string | undefined) {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 420, height: 900 },
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

/** What still moves of an element. */
function moving(of: Locator): Promise<string[]> {
  return of.evaluate(element =>
    element
      .getAnimations({ subtree: true })
      .filter(({ playState }) => playState === 'running')
      .map(({ id, effect }) => id || String(effect?.getTiming().duration)),
  );
}

test.describe('with a thousand components', () => {
  test('shows one with five thousand releases, and all that is kept of its history', async ({
    page,
    portal,
  }) => {
    test.setTimeout(480_000);
    const tab = new DeliveryTab(page);
    await tab.open('atlas');
    await expect(tab.stage('Latest release')).toContainText('0.5000.0', read);

    await test.step('useful within a second and a half', async () => {
      await page.goto('/catalog/default/component/atlas');
      await page.getByText('About').first().waitFor();
      const took = await timeUntil(
        'the Delivery tab of atlas',
        () => tab.choose(),
        tab.stage('Latest release').getByText('0.5000.0').first(),
      );
      expect(took).toBeLessThanOrEqual(stuck);
    });

    await test.step('its history, twenty at a time, to its end', async () => {
      const entries = tab.history.getByRole('listitem');
      await expect(entries).toHaveCount(entriesOfHistory, read);
      const more = tab.page.getByRole('button', { name: 'Show more' });
      const older = tab.page.getByRole('link', {
        name: 'Older releases are on the forge',
      });
      for (;;) {
        await more.or(older).first().waitFor();
        if (await older.isVisible()) break;
        const shown = await entries.count();
        await more.click();
        // Where something changes meanwhile, it is read again as far as a hundred entries.
        await expect.poll(() => entries.count()).not.toBe(shown);
        expect(await entries.count()).toBeLessThanOrEqual(
          shown + entriesOfHistory,
        );
      }
      await expect(entries.filter({ hasText: 'Released' })).toHaveCount(
        keptReleases,
      );
      await expect(older).toHaveAttribute('href', `${portal.forgeUrl}/atlas`);
    });

    await test.step('where a version is, with its page on the forge', async () => {
      await tab.find.fill('0.4999.0');
      await tab.find.press('Enter');
      await expect(tab.answer).toContainText(
        /^0\.4999\.0: landed in dev .*, landed in staging /,
      );
      await expect(tab.answer.getByRole('link')).toHaveAttribute(
        'href',
        new RegExp(`^${portal.forgeUrl}/atlas/-/`),
      );
    });
  });

  test('shows the pipeline from top to bottom where it is narrow, and says it aloud', async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const page = await openNarrow(browser, baseURL);
    const tab = new DeliveryTab(page);

    await test.step('what stands for something that loads does not move', async () => {
      let answer = () => {};
      const wait = new Promise<void>(resolve => {
        answer = resolve;
      });
      await page.route(/\/measures\?/, async route => {
        await wait;
        await route.continue();
      });
      await tab.open('atlas');
      await expect(tab.stage('Latest release')).toContainText('0.5000.0', read);
      const loading = tab.page.getByRole('status', {
        name: 'Loading the delivery',
      });
      await expect(loading).toHaveCount(1);
      expect(await moving(tab.page)).toEqual([]);
      answer();
      await expect(loading).toHaveCount(0);
    });

    await test.step('from top to bottom', async () => {
      const stages = [
        ...['Unreleased', 'Latest release'],
        ...['dev', 'staging', 'production'],
      ];
      const boxes = await Promise.all(
        stages.map(name => tab.stage(name).boundingBox()),
      );
      for (const [place, box] of boxes.entries()) {
        const before = boxes[place - 1];
        if (!before) continue;
        expect(box?.x).toBe(before.x);
        expect(box?.y).toBeGreaterThanOrEqual(before.y + before.height);
      }
      await expectNoSideways(page);
      expect(await wordsAcrossLines(tab.page)).toEqual([]);
      await expectAccessible(page, tab.all);
    });

    await test.step('each environment in a few words for who listens', async () => {
      for (const label of [
        'dev: not observed, 0.5000.0 landed',
        'staging: not observed, 0.4999.0 landed',
        'production: not observed, 0.4998.0 landed',
      ]) {
        await expect(tab.page.getByLabel(label, { exact: true })).toBeVisible(
          taken,
        );
      }
    });

    await test.step('the focus is on the headline of a review', async () => {
      await tabTo(page, tab.verb('Release 0.5001.0…'));
      await page.keyboard.press('Enter');
      const form = new ReleaseForm(page);
      await expect(form.component).toHaveValue('atlas');
      await tabTo(page, form.button('Next'));
      await page.keyboard.press('Enter');
      await expect(form.headline('Release atlas 0.5001.0')).toBeFocused(read);
      await expectNoSideways(page);
    });
    await page.context().close();
  });

  test('lists them by keyboard alone: sorted, narrowed, page by page', async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(420_000);
    const page = await openNarrow(browser, baseURL);
    const deliveries = new DeliveriesPage(page);
    const sizes: number[] = [];
    page.on('response', async response => {
      if (!/\/api\/dojo\/deliveries\?/.test(response.url())) return;
      const body = await response.body().catch(() => undefined);
      if (body) sizes.push(body.length);
    });

    await test.step('until all of them are known', async () => {
      await expect(async () => {
        await deliveries.open('?show=all&sort=name');
        await expect(deliveries.text(`1 to 50 of ${all}`)).toBeVisible();
      }).toPass(taken);
      await expect(deliveries.rows).toHaveCount(50);
    });

    await test.step('narrowed', async () => {
      await tabTo(page, deliveries.search);
      await page.keyboard.type('service-999');
      await expect(deliveries.rows).toHaveCount(1);
      await expect(deliveries.link('service-999')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(deliveries.rows).toHaveCount(50);
    });

    await test.step('sorted', async () => {
      const sort = deliveries.choice(/Sort by/);
      await tabTo(page, sort);
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: 'Latest deployment' }).waitFor();
      await page.keyboard.press('Escape');
      // What was opened gives the focus back.
      await expect(sort).toBeFocused();
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: 'Latest deployment' }).waitFor();
      await page.keyboard.type('Latest d');
      await page.keyboard.press('Enter');
      await expect(deliveries.rows.first()).toContainText(measured.noted);
      await expect(page).toHaveURL(/[?&]sort=deployed/);
      await expect(sort).toBeFocused();
    });

    await test.step('the next page', async () => {
      // Behind fifty rows, each with links of its own.
      await tabTo(page, deliveries.nextPage, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await expect(deliveries.text(`51 to 100 of ${all}`)).toBeVisible();
      await expect(deliveries.rows).toHaveCount(50);
    });

    await test.step('as a narrow page', async () => {
      await expectNoSideways(page);
      expect(await wordsAcrossLines(deliveries.page)).toEqual([]);
      expect(await moving(deliveries.page)).toEqual([]);
      await expectAccessible(page, deliveries.all);
      expect(sizes.length).toBeGreaterThan(4);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(largestAnswer);
    });

    await test.step('where nothing matches', async () => {
      // Nothing is drifted without a cluster.
      const drifted = deliveries.page.getByRole('radio', { name: 'Drifted 0' });
      await tabTo(page, drifted);
      await page.keyboard.press('Space');
      await expect(
        deliveries.text('No component matches: drifted.'),
      ).toBeVisible();
      await tabTo(page, deliveries.search, 'Shift+Tab');
      await page.keyboard.type('led');
      await expect(
        deliveries.text('No component matches: drifted, led.'),
      ).toBeVisible();
      await expect(deliveries.search).toHaveValue('led');
      await expect(drifted).toBeChecked();
      await tabTo(
        page,
        deliveries.page.getByRole('button', { name: 'Clear', exact: true }),
      );
      await page.keyboard.press('Enter');
      await expect(deliveries.rows).toHaveCount(50);
      await expect(deliveries.search).toHaveValue('');
      await expect(drifted).not.toBeChecked();
    });
    await page.context().close();
  });
});
