import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import { clusterTest as test } from '../pages/clusterTest';
import { DeployForm } from '../pages/DeployForm';
import { InfraRepository } from '../pages/InfraRepository';
import { LedgerRepository } from '../pages/LedgerRepository';
import { PortalApi } from '../pages/PortalApi';
import { TaskPage } from '../pages/TaskPage';
import {
  inBothThemes,
  picturedInBothThemes,
  openBothThemes,
  takesPictures,
} from '../pages/themes';

const component = 'component:default/ledger';
const first = {
  environment: 'dev',
  version: 'v0.3.0',
  overlay: true,
  host: 'ledger.dev.example.com',
  storage: { size: '1Gi' },
};
const create = 'Deploy ledger v0.3.0 to dev (for the first time)';
const broken = 'Deploy ledger v0.4.0 to dev (from v0.3.0)';
// The node of the tests may have started it again before anybody looked.
const cause =
  /container ledger ended with exit code 1 and was restarted (?:once|\d+ times): LEDGER_DB_PATH is \/date\/ledger\.duckdb, and there is no folder \/date/;

test.describe('deploy to a cluster', () => {
  test('watches a rollout until the pod answers, and brings back what ran before where it fails', async ({
    page,
    browser,
    portal,
  }) => {
    test.setTimeout(420_000);
    const infra = new InfraRepository(portal.data);
    const ledger = new LedgerRepository(portal.data);
    const api = new PortalApi(portal.url);
    const form = new DeployForm(page);
    const task = new TaskPage(page);
    const options = form.group('In the cluster');
    const rollback = 'Bring the version before it back if the rollout fails';

    await test.step('the form asks how the rollout is to go, and the review says what is done to the cluster', async () => {
      await form.open(component, first);
      await expect(options).toBeVisible();
      await expect(form.chosen(/v0\.3\.0/)).toBeVisible();
      await expectAccessible(page, 'fieldset');
      await form.choose('production');
      await expect(options).toBeHidden();
      await form.choose('dev');
      await expect(options).toBeVisible();
      await inBothThemes(browser, async themed => {
        const shown = new DeployForm(themed.page);
        await shown.open(component, first);
        await expect(shown.group('In the cluster')).toBeVisible();
        await shown.button('Next').click();
        await expect(shown.headline(create)).toBeVisible();
        const done = shown.section('What is done to the cluster');
        await expect(done).toContainText('5 objects created');
        await expect(done).toContainText('it stays as it is');
        for (const object of [
          'Deployment ledger',
          'Service ledger',
          'PersistentVolumeClaim dojo-data',
        ]) {
          await expect(shown.object(object)).toContainText('created');
        }
        await expectAccessible(themed.page, shown.review);
        await themed.picture('apply-review');
      });
    });

    await test.step('the task says how far the rollout is, and the page of the pod answers', async () => {
      await page.goto(portal.pageOf('dev'));
      await expect(
        page.getByText('No pod of the ledger is ready'),
      ).toBeVisible();
      await form.open(component, first);
      await expect(form.chosen(/v0\.3\.0/)).toBeVisible();
      await form.button('Next').click();
      await expect(form.headline(create)).toBeVisible();
      await form.button('Confirm').click();
      // So that there is time to look at the task: without a node that takes it, the pod waits.
      await portal.admin.cordon();
      await form.button('Deploy').click();
      await task.opened();
      const waits = /0\/1 nodes are available: 1 node\(s\) were unschedulable/;
      await task.showLog();
      await expect(task.logLine(waits)).toBeVisible();
      const address = page.url();
      // Two pages more: after a minute without a node, the rollout has failed.
      if (takesPictures) {
        const both = await openBothThemes(browser);
        await Promise.all(
          both.map(async themed => {
            const running = new TaskPage(themed.page);
            await themed.page.goto(address);
            await running.showLog();
            await expect(running.logLine(waits)).toBeVisible();
            await themed.picture('apply-running');
            await themed.close();
          }),
        );
      }
      await portal.admin.uncordon();
      await expect(task.text(/^ledger v0\.3\.0 runs in dev/)).toBeVisible();

      await page.goto(portal.pageOf('dev'));
      await expect(
        page.getByRole('heading', { name: 'Ledger 0.3.0' }),
      ).toBeVisible();
      await expect(
        page.getByText('This page comes from the pod itself.'),
      ).toBeVisible();
    });

    await test.step('of a version that does not start, the task says why, and the one before is brought back', async () => {
      ledger.change(
        'deploy/k8s/base/configmap.yaml',
        text => text.replace('/data/', '/date/'),
        'fix(config): a folder for the database',
      );
      expect(await api.release()).toBe('0.4.0');
      const before = infra.head();
      await form.open(component, { environment: 'dev', version: 'v0.4.0' });
      await expect(form.chosen(/v0\.4\.0/)).toBeVisible();
      await options.getByText(rollback).click();
      await expect(
        options.getByRole('checkbox', { name: rollback }),
      ).toBeChecked();
      await form.button('Next').click();
      await expect(form.headline(broken)).toBeVisible();
      const done = form.section('What is done to the cluster');
      await expect(done).toContainText('2 objects changed');
      await expect(done).toContainText('the version before it is brought back');
      await expect(form.object('ConfigMap ledger')).toContainText(
        /LEDGER_DB_PATH\s+- "?\/data\/ledger\.duckdb"?\s+\+ "?\/date\//,
      );
      await expectAccessible(page, form.review);
      await form.button('Confirm').click();
      await form.button('Deploy').click();
      await task.opened();
      const address = page.url();
      // Rolled out, restarted, given up and brought back.
      await expect(task.text(cause)).toBeVisible({ timeout: 120_000 });
      await expect(
        task.text(/ledger in dev is back at v0\.3\.0\./),
      ).toBeVisible();
      await picturedInBothThemes(browser, async themed => {
        await themed.page.goto(address);
        const failed = new TaskPage(themed.page);
        await expect(failed.text(cause)).toBeVisible();
        await expect(failed.logLine(/is back at v0\.3\.0/)).toBeVisible();
        await themed.picture('apply-failed');
      });

      expect(infra.git('rev-parse', 'HEAD~2')).toBe(before);
      expect(infra.git('rev-parse', 'HEAD^{tree}')).toBe(
        infra.git('rev-parse', `${before}^{tree}`),
      );
      await page.goto(portal.pageOf('dev'));
      await expect(
        page.getByRole('heading', { name: 'Ledger 0.3.0' }),
      ).toBeVisible();
    });
  });
});
