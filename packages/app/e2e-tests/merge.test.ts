import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DeployForm } from './pages/DeployForm';
import { InfraRepository } from './pages/InfraRepository';
import { PortalApi } from './pages/PortalApi';
import { inBothThemes } from './pages/themes';

const component = 'component:default/ledger';
const overlay = 'ledger/production/kustomization.yaml';
const branch = 'dojo/ledger/production';
const storage = { size: '1Gi' };
const choices = {
  environment: 'production',
  intent: 'promote',
  overlay: true,
  storage,
};

test.describe('a change that waits for its merge', () => {
  test('is merged by somebody else than who asked for it, as it was shown', async ({
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    const infra = new InfraRepository();
    const api = new PortalApi(baseURL!);
    const form = new DeployForm(page);
    if (!infra.has(branch)) {
      const version = 'v0.3.0';
      await api.deploy({ environment: 'dev', version, storage });
      const from = { promoteFrom: 'dev', storage };
      await api.deploy({ environment: 'staging', ...from });
      const next = { promoteFrom: 'staging', storage };
      await api.deploy({ environment: 'production', ...next });
    }

    await test.step('who asked for it cannot', async () => {
      await inBothThemes(browser, async themed => {
        const own = new DeployForm(themed.page);
        await own.open(component, choices);
        await expect(own.source('staging')).toBeChecked();
        await own.button('Next').click();
        await expect(own.waiting).toContainText('asked for by Guest');
        await expect(
          own.waiting.getByRole('link', { name: 'Guest' }),
        ).toHaveAttribute('href', '/catalog/default/user/guest');
        await expect(
          own.text('This change already waits; nothing was added.'),
        ).toBeVisible();
        await expect(own.file(overlay)).toHaveCount(1);
        await expect(own.button('Merge')).toBeDisabled();
        await expect(own.button('Merge')).toHaveAccessibleDescription(
          /somebody else/,
        );
        await expectAccessible(themed.page, own.review);
        await themed.picture('deploy-own-request');
      });
    });

    await test.step('somebody else sees whose it is and since when, and merges it', async () => {
      const asked = infra.askAs(branch, {
        requester: 'user:default/priya',
        hoursAgo: 3,
      });
      const before = infra.head();
      await inBothThemes(browser, async themed => {
        const other = new DeployForm(themed.page);
        await other.open(component, choices);
        await expect(other.source('staging')).toBeChecked();
        await other.button('Next').click();
        await expect(other.waiting).toContainText(
          /ledger v0\.\d\.0, asked for by priya 3 hours ago/,
        );
        await expect(other.button('Merge')).toBeEnabled();
        await expectAccessible(themed.page, other.review);
        await themed.picture('deploy-waiting');
      });
      await form.open(component, choices);
      await expect(form.source('staging')).toBeChecked();
      await form.button('Next').click();
      await expect(form.button('Merge')).toBeEnabled();
      const shown = await form.waitingLines(overlay);
      expect(shown.length).toBeGreaterThan(3);
      await form.button('Merge').click();
      await expect(
        form.text(/^Merged: v0\.\d\.0 is in the overlay of production$/),
      ).toBeVisible();
      await expect(
        form.headline('Nothing to deploy for ledger in production'),
      ).toBeVisible();
      await expectAccessible(page, form.review);

      expect(infra.changedLines(overlay)).toEqual(shown);
      // The branch may have moved on elsewhere since it was asked for.
      expect(infra.git('rev-parse', 'HEAD:ledger/production')).toBe(
        infra.git('rev-parse', `${asked}:ledger/production`),
      );
      expect(infra.git('rev-parse', 'HEAD^')).toBe(before);
    });
  });
});
