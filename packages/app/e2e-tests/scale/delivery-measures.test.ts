import { expect, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import { DeliveryTab } from '../pages/DeliveryTab';
import { lookAtTab } from '../pages/lookAtTab';
import { measured, scaleTest as test } from '../pages/scaleTest';
import { signInAs } from '../pages/signInAs';

/** Longer than it takes until the index has it: a thousand others are read meanwhile. */
const taken = { timeout: 90_000 };

/** The four figures of the Delivery tab. */
class MeasuresPanel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens the tab; what is not read yet comes without a reload. */
  async open(name: string) {
    const tab = new DeliveryTab(this.#page);
    await tab.open(name);
    await expect(tab.stage('Latest release')).toContainText(/0\.\d+\.0/, taken);
    await expect(this.figure('Deployments')).toBeVisible(taken);
  }

  /** A figure is read as its name, what it says and what belongs to it, one after the other. */
  async says(name: string, text: string | RegExp) {
    await expect(this.figure(name)).toContainText(text, { useInnerText: true });
  }

  figure(name: string) {
    return this.#page.getByRole('region', { name, exact: true });
  }

  async choose(days: '30 days' | '90 days') {
    await this.#page.getByRole('radio', { name: days }).click();
  }

  /** Where a figure is drawn over time. */
  drawn(name: string) {
    return this.figure(name).getByRole('img');
  }

  text(text: string | RegExp) {
    return this.#page.locator('[data-dojo="delivery"]').getByText(text);
  }
}

test.describe('the measures', () => {
  test('say what they count, over thirty and over ninety days', async ({
    page,
    browser,
    portal,
  }) => {
    test.setTimeout(240_000);
    await signInAs(page, 'owner');
    const measures = new MeasuresPanel(page);
    await measures.open(measured.noted);

    await test.step('30 days', async () => {
      await measures.says('Deployments', '4 deployments');
      await measures.says('Failed', '2 of 4 failed');
      await measures.says(
        'Recovered in',
        /\s9 min\s+\(median of 1\); 1 still open/,
      );
      await measures.says('Lead time', '(median of 13 commits).');
    });

    await test.step('90 days', async () => {
      await measures.choose('90 days');
      await measures.says(
        'Deployments',
        '12 deployments 2 rollbacks and 1 configuration change are not counted',
      );
      await measures.says('Failed', '4 of 12 failed');
      // It landed 12 minutes before the portal was started.
      await measures.says(
        'Recovered in',
        /^Recovered in\s+6 min\s+\(median of 3\); 1 still open for \d+ min\./,
      );
      await measures.says(
        'Lead time',
        'Lead time 1.9 d (median of 48 commits); the first deployment has none.',
      );
      await expect(measures.drawn('Lead time')).toHaveCount(1);
    });

    await test.step('each failure once, linked, with its reason', async () => {
      const figure = measures.figure('Failed');
      await figure.getByText('Show all 4').click();
      const failed = figure.getByRole('listitem');
      await expect(failed).toHaveText([
        /^0\.5\.0 .* its rollout failed$/,
        /^0\.7\.0 .* rolled back$/,
        /^0\.9\.0 .* needed a hotfix$/,
        /^0\.11\.0 .* its rollout failed$/,
      ]);
      for (const item of await failed.all()) {
        await expect(item.getByRole('link')).toHaveAttribute(
          'href',
          new RegExp(`^${portal.forgeUrl}/infra/-/commit/[0-9a-f]{40}$`),
        );
      }
    });

    await test.step('each figure has its rule', async () => {
      const rules = {
        Deployments:
          'A deployment is a version that landed; rollbacks and changes of the configuration are none.',
        'Lead time':
          'From when a commit came to its branch to when it was healthy here, else landed; each commit counts once, and the first deployment has none.',
        Failed:
          'A deployment failed if its rollout failed, the next landing rolled it back, it was rejected while it ran or a fix of the same line followed within 24 h; the first that fits counts.',
        'Recovered in':
          'From when a failed deployment landed to the first healthy outcome at or after it; those that have none are open.',
      };
      for (const [name, rule] of Object.entries(rules)) {
        await expect(measures.figure(name)).toContainText(rule);
      }
      await expectAccessible(page, '[data-dojo="delivery"]');
      await page.reload();
      await lookAtTab(browser, page, {
        user: 'owner',
        name: measured.noted,
        says: '2 of 4 failed',
        picture: 'delivery-measures',
      });
    });
  });

  test('say what is not observed, and since when it is counted', async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const measures = new MeasuresPanel(page);
    await measures.open(measured.unobserved);
    await measures.says('Failed', '1 of 3 failed');
    await measures.says(
      'Failed',
      'Failures are counted from rollbacks, rejections and hotfixes only.',
    );
    await expect(measures.text(/^since \d+ [A-Z][a-z]{2}$/)).toBeVisible();
    // Two versions have a lead time: that is no line.
    await expect(measures.drawn('Lead time')).toHaveCount(0);
  });
});
