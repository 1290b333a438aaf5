import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import type { ClusterPortal } from '../pages/ClusterPortal';
import { clusterTest as test } from '../pages/clusterTest';
import { DeliveryTab } from '../pages/DeliveryTab';
import { DeployForm } from '../pages/DeployForm';
import { LedgerRepository } from '../pages/LedgerRepository';
import { PortalApi } from '../pages/PortalApi';
import { signInAs } from '../pages/signInAs';
import { TaskPage } from '../pages/TaskPage';

const namespace = 'ledger-staging';
const configuration = 'deploy/k8s/base/configmap.yaml';
/** What the first version in an environment needs; later ones find it as it is. */
const storage = { size: '1Gi' };
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
}

test.describe('a change by hand', () => {
  test('is told with both values and its owner, and taken back', async ({
    page,
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
    await tab.open('ledger');
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
      await expect(staging).toContainText('Drifted', { timeout: 30_000 });
      await staging.getByText('Drifted').click();
      await expect(staging.getByText(sentence)).toBeVisible();
      await expectAccessible(page, tab.all);
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
