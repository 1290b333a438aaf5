import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import { DeliveriesPage } from '../pages/DeliveriesPage';
import { DeliveryTab } from '../pages/DeliveryTab';
import { DeployForm } from '../pages/DeployForm';
import { InfraRepository } from '../pages/InfraRepository';
import { landOverlay } from '../pages/landOverlay';
import { OwnPortal } from '../pages/OwnPortal';
import { PortalApi } from '../pages/PortalApi';
import { signInAs } from '../pages/signInAs';
import { TaskPage } from '../pages/TaskPage';

const name = 'ledger';
const added = 'production-us';
const host = 'ledger.us.example';
/** What git has is read each 30 s, on busy cores. */
const read = { timeout: 90_000 };

const ingressOfShop = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: ${host}
`;

/** Opens the review of what the form has, from its first page. */
async function review(
  page: Page,
  what: { readonly host?: string; readonly size: string },
) {
  const form = new DeployForm(page, 'environment-overlay');
  await expect(form.environment(added)).toBeChecked(read);
  await form.button('Next').click();
  if (what.host !== undefined) await form.field('Host').fill(what.host);
  await form.field('Storage size').fill(what.size);
  await form.button('Next').click();
  return form;
}

test('another environment is set up, and promoted to, once it is in the configuration', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const own = new OwnPortal('environments');

  await test.step('where it promotes from one that is not there, the portal does not start, and one line names the key', async () => {
    const start = own.start([`name: ${added}`, 'promotesFrom: stage']);
    const complaint = await start.then(
      () => 'started',
      (error: Error) => error.message,
    );
    // Each plugin that reads it says the same.
    const lines = new Set(
      complaint.split('\n').filter(line => line.includes('promotesFrom')),
    );
    expect([...lines]).toEqual([
      expect.stringMatching(
        /^\s*dojo\.environments\.3\.promotesFrom: there is no environment stage \(CONFIG_INVALID\)/,
      ),
    ]);
  });

  const infra = new InfraRepository(own.data);
  for (const [environment, hoursAgo] of [
    ['staging', 3],
    ['production', 2],
  ] as const) {
    const landed = { data: own.data, name, tag: 'v0.3.0' };
    landOverlay({ ...landed, environment, hoursAgo });
  }
  infra.put('deploy: shop', { [`shop/${added}/ingress.yaml`]: ingressOfShop });

  const portal = await own.start([`name: ${added}`, 'promotesFrom: staging']);
  try {
    await new PortalApi(portal.url).catalogHas(
      'user/default/developer',
      `component/default/${name}`,
      'template/default/environment-overlay',
      'template/default/deploy',
    );
    const context = await browser.newContext({
      baseURL: portal.url,
      viewport: { width: 1440, height: 900 },
    });
    await signInAs(context, 'developer');
    const page = await context.newPage();
    const tab = new DeliveryTab(page);
    const task = new TaskPage(page);
    const card = tab.card(added);

    await test.step('it has nothing yet, and stands below production, both after staging', async () => {
      await tab.open(name);
      await expect(card).toContainText(/○\s*Not deployed/, read);
      await expect(card).toContainText('No overlay yet');
      const [staging, production, other] = await Promise.all(
        ['staging', 'production', added].map(async environment => {
          const box = await tab.card(environment).boundingBox();
          if (!box) throw new Error(`${environment} is not shown`);
          return box;
        }),
      );
      expect(other.x).toBe(production.x);
      expect(other.y).toBeGreaterThanOrEqual(production.y + production.height);
      expect(production.x).toBeGreaterThanOrEqual(staging.x + staging.width);
      await expectAccessible(page, tab.all);
    });

    await test.step('a host that somebody has is refused, in a sentence', async () => {
      await tab.verb(`Set up ${added}…`).click();
      const form = await review(page, { host, size: '5Gi' });
      await expect(
        form.text(`${host} is used by shop in ${added}.`).last(),
      ).toBeVisible(read);
      await expectAccessible(page, form.review);
      await form.button('Back').click();
      await form.field('Host').fill(`books.${host}`);
      await form.button('Next').click();
      const prepare = `Prepare ${added} for ${name} (without a version)`;
      await expect(form.headline(prepare)).toBeVisible(read);
      await form.button('Confirm').click();
      await form.button('Apply').click();
      await expect(task.heading(prepare)).toBeVisible(read);
      expect(infra.git('show', `HEAD:${name}/${added}/pvc.yaml`)).toContain(
        'storage: 5Gi',
      );
    });

    await test.step('what staging has is promoted to it', async () => {
      await tab.open(name);
      await tab.verb(`Promote 0.3.0 to ${added}…`).click(read);
      const form = new DeployForm(page);
      await expect(form.source('staging')).toBeChecked(read);
      await form.button('Next').click();
      const promote = `Promote ${name} 0.3.0 from staging to ${added} (for the first time)`;
      await expect(form.headline(promote)).toBeVisible(read);
      await form.button('Confirm').click();
      await form.button('Deploy').click();
      await expect(task.heading(promote)).toBeVisible(read);
      await tab.open(name);
      await expect(tab.large(added)).toHaveText('0.3.0', read);
    });

    await test.step('the measures ask which of both', async () => {
      const ends = page.getByRole('radiogroup', { name: 'Environment' });
      await expect(ends.getByRole('radio')).toHaveText(
        ['production', added],
        read,
      );
      await ends.getByRole('radio', { name: added, exact: true }).click();
      await expect(tab.text(`Measures of ${added}`)).toBeVisible();
      await expectAccessible(page, tab.all);
    });

    await test.step('Deliveries has its column', async () => {
      const deliveries = new DeliveriesPage(page);
      await deliveries.open('?show=all');
      await expect(deliveries.column(added)).toBeVisible(read);
    });

    await test.step('its storage grows and never shrinks', async () => {
      await tab.open(name);
      await tab.verb(`Change ${added}…`).click(read);
      const form = await review(page, { size: '2Gi' });
      await expect(
        form
          .text(
            '2 Gi is less than the 5 Gi of the existing claim; a claim cannot shrink.',
          )
          .last(),
      ).toBeVisible(read);
    });
    await context.close();
  } finally {
    await portal.stop();
  }
});
