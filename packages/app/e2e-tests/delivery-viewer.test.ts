import { expect, type Page, test } from '@playwright/test';
import { DeliveryTab } from './pages/DeliveryTab';
import { ForgeRepository } from './pages/ForgeRepository';
import { PortalApi } from './pages/PortalApi';
import { ReleaseForm } from './pages/ReleaseForm';
import { signInAs } from './pages/signInAs';

/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

/** Both names have the same length, so that no line breaks elsewhere. */
const hidden = 'crypt';
const absent = 'clock';

/** All that the page says, without the name in it. */
async function wordsOf(page: Page, name: string) {
  await page.goto(`/catalog/default/component/${name}/delivery`);
  await expect(page.getByText('Entity not found')).toBeVisible();
  const text = await page.locator('#root').innerText();
  return text.replaceAll(name, 'NAME');
}

/** What a route of the API says to the viewer, without the name in it. */
async function answerTo(baseURL: string, path: string, name: string) {
  const token = await new PortalApi(baseURL, 'viewer').token();
  const answer = await fetch(
    `${baseURL}/api/dojo/components/default/component/${name}/${path}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  const { error } = await answer.json();
  return {
    status: answer.status,
    message: String(error.message).replaceAll(name, 'NAME'),
    dojo: JSON.stringify(error.dojo).replaceAll(name, 'NAME'),
  };
}

test.describe('the Delivery tab of who may not change it', () => {
  test('is of a component that may not be read the page of one that is not there', async ({
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(240_000);
    ForgeRepository.make({
      name: hidden,
      owner: 'group:default/accounting',
      labels: { confidential: 'true' },
      commits: ['feat: keep what nobody shall see'],
    });
    await test.step('its owner sees it', async () => {
      await new PortalApi(baseURL!).forgeHas(hidden);
      const tab = new DeliveryTab(page);
      await tab.open(hidden);
      await expect(tab.stage('Unreleased')).toContainText('1 commit', read);
    });

    const context = await browser.newContext();
    await signInAs(context, 'viewer');
    const other = await context.newPage();

    await test.step('the viewer is told what one is told of nothing', async () => {
      expect(await wordsOf(other, hidden)).toBe(await wordsOf(other, absent));
      for (const path of [
        'delivery',
        'delivery/history',
        'delivery/measures',
        'versions',
      ]) {
        const answer = await answerTo(baseURL!, path, hidden);
        expect(answer.status).toBe(404);
        expect(answer).toEqual(await answerTo(baseURL!, path, absent));
      }
    });

    await test.step('nor does the list name it', async () => {
      await other.goto('/deliveries?q=crypt');
      await expect(
        other.getByText('No component matches: crypt.'),
      ).toBeVisible();
    });
    await context.close();
  });

  test('opens a review link of the owner with who may, before any plan is made', async ({
    page,
  }) => {
    await signInAs(page, 'viewer');
    const asked: string[] = [];
    page.on('request', request => {
      if (request.url().includes('/api/dojo/plans/')) asked.push(request.url());
    });
    const form = new ReleaseForm(page);
    await form.open('component:default/ledger');
    await form.button('Next').click();
    await expect(form.text('You may not release ledger.').last()).toBeVisible();
    expect(asked).toEqual([]);
    await expect(page.getByText('ledger.git')).toHaveCount(0);
  });
});
