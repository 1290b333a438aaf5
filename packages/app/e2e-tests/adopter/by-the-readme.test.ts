import { expect } from '@playwright/test';
import { enterAsGuest } from '../pages/AdopterPortal';
import { adopterTest as test } from '../pages/adopterTest';
import { DeployForm } from '../pages/DeployForm';
import { MigrateForm } from '../pages/MigrateForm';
import { ReleaseForm } from '../pages/ReleaseForm';
import { TaskPage } from '../pages/TaskPage';

const ledger = 'component:default/ledger';
/** The catalog takes in what it was not told of before, and the index reads it. */
const read = { timeout: 90_000 };

test('a fresh Backstage shows the tab, and releases, migrates and deploys, by the lines of the README', async ({
  page,
}) => {
  test.setTimeout(420_000);
  const task = new TaskPage(page);

  await test.step('the component of the local forge is in the catalog, with its Delivery', async () => {
    await enterAsGuest(page);
    await expect(async () => {
      await page.goto('/catalog/default/component/ledger/delivery');
      await expect(page.locator('[data-dojo="delivery"]')).toContainText(
        'Release 0.4.0',
        { timeout: 20_000 },
      );
    }).toPass({ timeout: 180_000 });
    await expect(
      page.getByRole('heading', { name: 'production', exact: true }),
    ).toBeVisible();
  });

  await test.step('a release', async () => {
    const form = new ReleaseForm(page);
    await form.open(ledger);
    await expect(form.way('Auto → 0.4.0')).toBeChecked(read);
    await form.button('Next').click();
    await expect(form.headline('Release ledger 0.4.0')).toBeVisible();
    await form.button('Confirm').click();
    await form.button('Release').click();
    await task.opened();
    await expect(task.heading('ledger 0.4.0')).toBeVisible(read);
  });

  await test.step('a migration', async () => {
    const form = new MigrateForm(page);
    await form.open(ledger, { environment: 'dev' });
    await expect(form.chosen(/^Newest release \(0\.4\.0\)/)).toBeVisible(read);
    await form.button('Next').click();
    await expect(form.section('2 pending migrations')).toBeVisible();
    await form.button('Confirm').click();
    await form.button('Migrate').click();
    await task.opened();
    await expect(task.heading('ledger on dev')).toBeVisible(read);
  });

  await test.step('a deployment', async () => {
    const form = new DeployForm(page);
    await form.open(ledger, {
      environment: 'dev',
      version: 'v0.3.0',
      overlay: true,
      storage: { size: '1Gi' },
    });
    await expect(form.chosen(/v0\.3\.0/)).toBeVisible(read);
    await form.button('Next').click();
    await expect(form.headline(/ledger .*0\.3\.0/)).toBeVisible(read);
    await form.button('Confirm').click();
    await form.button('Deploy').click();
    await task.opened();
    await page.goto('/catalog/default/component/ledger/delivery');
    const tab = page.locator('[data-dojo="delivery"]');
    await expect(tab).toContainText('0.3.0 committed to dev', read);
  });
});
