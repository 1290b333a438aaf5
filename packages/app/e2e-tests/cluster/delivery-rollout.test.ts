import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import type { ClusterPortal } from '../pages/ClusterPortal';
import { clusterTest as test } from '../pages/clusterTest';
import { DeliveryTab } from '../pages/DeliveryTab';
import { DeployForm } from '../pages/DeployForm';
import { lookAtTab } from '../pages/lookAtTab';
import { LedgerRepository } from '../pages/LedgerRepository';
import { PortalApi } from '../pages/PortalApi';
import { signInAs } from '../pages/signInAs';
import { TaskPage } from '../pages/TaskPage';
import { TemplateForm } from '../pages/TemplateForm';

const component = 'component:default/ledger';
const namespace = 'ledger-staging';
const configuration = 'deploy/k8s/base/configmap.yaml';
/** What the first version in an environment needs; later ones find it as it is. */
const storage = { size: '1Gi' };
const barred =
  '0.1.0 cannot run on this database: 0006_payees removed what it reads. Restore a backup from before it, or choose 0.2.0 or later.';
/** Longer than it takes until each source was read once. */
const read = { timeout: 60_000 };

/** Versions that differ in the time zone that they are given. */
class Versions {
  readonly #ledger: LedgerRepository;
  readonly #owner: PortalApi;

  constructor(portal: ClusterPortal) {
    this.#ledger = new LedgerRepository(portal.data);
    this.#owner = new PortalApi(portal.url, 'owner');
  }

  /** Releases the head with this time zone. */
  async with(zone: string, message: string): Promise<string> {
    this.#ledger.change(
      configuration,
      text =>
        `${text
          .replace('/date/', '/data/')
          .replace(
            /^ {2}LEDGER_TIME_ZONE: .*\n/m,
            '',
          )}  LEDGER_TIME_ZONE: ${zone}\n`,
      message,
    );
    return this.#owner.release();
  }

  /** Brings it to staging, and waits until it runs. */
  async deploy(version: string): Promise<void> {
    await this.#owner.deploy({
      environment: 'staging',
      version: `v${version}`,
      storage,
    });
  }

  /** The same, without waiting: it never comes up. */
  async begin(version: string): Promise<void> {
    await this.#owner.startDeployment({
      environment: 'staging',
      version: `v${version}`,
    });
  }
}

const escaped = (text: string) => text.replace(/[.()]/g, '\\$&');

test.describe('a rollout', () => {
  test('fails, is seen at once, is rolled back, and its version is rejected', async ({
    page,
    browser,
    portal,
  }) => {
    test.setTimeout(360_000);
    const versions = new Versions(portal);
    const tab = new DeliveryTab(page);
    const task = new TaskPage(page);
    const staging = tab.stage('staging');
    await versions.deploy('0.1.0');
    const good = await versions.with(
      'Europe/Rome',
      `fix(config): a time zone (${Date.now()})`,
    );
    await versions.deploy(good);
    const bad = await versions.with('Rome', 'fix(config): time zone');

    await signInAs(page, 'developer');
    await tab.openFollowed('ledger');
    await expect(staging).toContainText('Healthy', read);

    await test.step('the open tab says within 5 s of the second restart that it is down, and why', async () => {
      await versions.begin(bad);
      await expect
        .poll(() => portal.admin.restartsIn(namespace), {
          timeout: 90_000,
          intervals: [100],
        })
        .toBeGreaterThanOrEqual(2);
      await expect(
        // The node of the tests starts a container again within a second; a real one takes its time.
        tab.text(
          new RegExp(
            `^staging is down: ${escaped(
              bad,
            )} exits at start \\(code 1, (?:[2-9]|\\d\\d) restarts\\)\\.$`,
          ),
        ),
      ).toBeVisible({ timeout: 5_000 });
      await expect(
        tab.text(
          new RegExp(
            `^${escaped(
              good,
            )} ran here until (?:\\d+ \\w{3} )?\\d\\d:\\d\\d\\.$`,
          ),
        ),
      ).toBeVisible();
      await expect(staging).toContainText('nothing runs');
      await expect(staging).toContainText(`Wanted ${bad}`);
      await expect(staging).toContainText(/Down\s+for \d+ (?:s|min)/);
    });

    await test.step('what it wrote, its pod and its task stand there, and the way back comes first', async () => {
      const down = tab.attention('staging is down');
      await expect(down).toContainText('reading the configuration');
      await expect(down).toContainText(
        'LEDGER_TIME_ZONE is Rome, and no time zone has this name',
      );
      await expect(down).toContainText(/Pod\/ledger-staging\/ledger-\w+-\w+/);
      await expect(down.getByRole('link')).toHaveText([
        `Roll back to ${good}…`,
        'Open task',
      ]);
      await expect(
        tab.stage('production').getByText('staging is down.').first(),
      ).toBeVisible();
      await lookAtTab(browser, page, {
        user: 'developer',
        name: 'ledger',
        says: 'staging is down',
        picture: 'delivery-down',
        isPicturedNarrow: true,
      });
    });

    await test.step('Deliveries puts it first, and leads to it', async () => {
      await page.goto('/deliveries?show=all');
      const list = page.locator('[data-testid="dojo-deliveries"]');
      const row = list.getByRole('row').nth(1);
      await expect(row).toContainText('Ledger');
      await expect(row).toContainText(
        new RegExp(`staging is down: ${escaped(bad)} exits at start`),
      );
      await row.getByRole('link', { name: 'Ledger' }).click();
      await expect(page).toHaveURL(/\/ledger\/delivery.*staging/);
    });

    await test.step('a version that the database does not bear is listed with the reason, and a link to it leads nowhere', async () => {
      await staging.getByText('More', { exact: true }).click();
      await expect(
        staging.getByRole('button', { name: 'Roll back to 0.1.0…' }),
      ).toBeDisabled();
      await expect(staging.getByText(barred)).toBeVisible();
      const form = new DeployForm(page);
      await form.open(component, {
        environment: 'staging',
        intent: 'rollback',
        rollbackTo: 'v0.1.0',
      });
      await form.button('Next').click();
      await expect(form.text(barred).first()).toBeVisible();
      await expect(form.button('Confirm')).toBeDisabled();
    });

    await test.step('the rollback is reviewed, and the tab says for how long nothing ran', async () => {
      await tab.open('ledger');
      await tab
        .attention('staging is down')
        .getByRole('link', { name: `Roll back to ${good}…` })
        .click();
      const form = new DeployForm(page);
      await form.button('Next').click();
      await expect(
        form.headline(`Roll back ledger on staging from ${bad} to ${good}`),
      ).toBeVisible();
      for (const sentence of [
        '1 change leaves: fix(config): time zone',
        'Database stays at 0015.',
      ]) {
        await expect(form.text(sentence)).toBeVisible();
      }
      await form.button('Confirm').click();

      const watching = await page.context().newPage();
      const open = new DeliveryTab(watching);
      await open.open('ledger');
      await expect(open.attention('staging is down')).toBeVisible(read);
      // While the image is only being pulled, nothing has failed.
      await portal.admin.cordon();
      await form.button('Deploy').click();
      await task.opened();
      await expect
        .poll(() => portal.admin.holdBack(namespace), { timeout: 60_000 })
        .toBe(1);
      await expect(open.stage('staging')).toContainText(
        /Rolling out: pulling the image, \d0 s/,
        { timeout: 45_000 },
      );
      await portal.admin.restart(namespace);
      await expect(open.announcement).toContainText(
        new RegExp(
          `staging runs ${escaped(
            good,
          )} again, down for (?:\\d+ min(?: \\d+ s)?|\\d+ s)\\.`,
        ),
        { timeout: 60_000 },
      );
      await expect(open.stage('staging')).toContainText('Healthy');
      await watching.close();
    });

    await test.step('the version is rejected with a reason, and cannot be chosen any more', async () => {
      await tab.open('ledger');
      const latest = tab.stage('Latest release');
      await expect(latest).toContainText(bad, read);
      await latest.getByText('More', { exact: true }).click();
      await latest.getByRole('link', { name: `Reject ${bad}…` }).click();
      const form = new TemplateForm(page, 'reject', '');
      await form.field('Reason').fill('wrong time zone value');
      await expectAccessible(page, 'form');
      await form.button('Confirm').click();
      await form.button('Reject').click();
      await task.opened();
      await expect(
        task.text(
          `ledger v${bad} was rejected: wrong time zone value. It cannot be chosen any more; a rollback to it still can.`,
        ),
      ).toBeVisible();

      await tab.open('ledger');
      const reason = 'Rejected: wrong time zone value';
      await expect(latest).toContainText(reason, read);
      const deploy = new DeployForm(page);
      await deploy.open(component, { environment: 'staging' });
      await deploy.chosen(new RegExp(`v${escaped(good)}`)).click();
      const option = page.getByRole('option', {
        name: new RegExp(`v${escaped(bad)}`),
      });
      await expect(option).toContainText(reason);
      await expect(option).toHaveAttribute('aria-disabled', 'true');
    });

    await test.step('the history keeps how it ended, and who went back', async () => {
      await tab.open('ledger');
      await expect(
        tab.text(new RegExp(`${escaped(bad)} failed: exits at start`)),
      ).toBeVisible(read);
      await expect(
        tab.text(new RegExp(`rolled back to ${escaped(good)} by developer`)),
      ).toBeVisible();
      await expect(
        tab.text(
          new RegExp(`${escaped(bad)} rejected by developer: wrong time zone`),
        ),
      ).toBeVisible();
    });
  });
});

test.describe('a change by hand', () => {
  test('is told with both values and its owner, and taken back', async ({
    page,
    browser,
    portal,
  }) => {
    test.setTimeout(240_000);
    const versions = new Versions(portal);
    const tab = new DeliveryTab(page);
    const staging = tab.stage('staging');
    const good = await versions.with(
      'Europe/Berlin',
      `fix(config): another time zone (${Date.now()})`,
    );
    await versions.deploy(good);
    await signInAs(page, 'developer');
    await tab.openFollowed('ledger');
    await expect(staging).toContainText('Healthy', read);
    await expect(staging).toContainText(good);
    const sentence =
      /^2 fields differ from git: Deployment\/ledger replicas 2 instead of 1, image :test instead of sha256:[0-9a-f]{6}…, changed by kubectl (?:just now|\d+ (?:s|min) ago)\.$/;

    await test.step('the open tab tells which fields differ, by whom and since when', async () => {
      await portal.admin.edit(namespace, 'ledger', {
        spec: {
          replicas: 2,
          template: {
            spec: {
              containers: [
                { name: 'ledger', image: 'ghcr.io/acme/ledger:test' },
              ],
            },
          },
        },
      });
      await expect(staging).toContainText('Drifted', { timeout: 60_000 });
      await staging.getByText('Drifted').click();
      await expect(staging.getByText(sentence)).toBeVisible();
      await lookAtTab(browser, page, {
        user: 'developer',
        name: 'ledger',
        says: 'Drifted',
        picture: 'delivery-drifted',
      });
    });

    await test.step('the review lists both, and what is brought again matches git', async () => {
      await tab.verb(`Deploy ${good} to staging again…`).click();
      const form = new DeployForm(page);
      await form.button('Next').click();
      for (const field of [
        'Deployment/ledger replicas 2 instead of 1, changed by kubectl',
        /^Deployment\/ledger image :test instead of sha256:[0-9a-f]{64}, changed by kubectl$/,
      ]) {
        await expect(form.text(field)).toBeVisible();
      }
      await expect(form.object('Deployment ledger')).toContainText('.replicas');
      await expectAccessible(page, form.review);
      await form.button('Confirm').click();
      const watching = await page.context().newPage();
      const open = new DeliveryTab(watching);
      await open.open('ledger');
      await expect(open.stage('staging')).toContainText('Drifted', read);
      await form.button('Deploy').click();
      await new TaskPage(page).opened();
      await expect(open.announcement).toContainText(
        'staging matches git again.',
        { timeout: 60_000 },
      );
      await expect(open.stage('staging')).not.toContainText('Drifted');
    });
  });
});
