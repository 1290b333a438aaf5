import { expect, test } from '@playwright/test';
import { cutRelease } from './pages/cutRelease';
import { DeliveryTab } from './pages/DeliveryTab';
import { copyLedger } from './pages/LedgerCopy';
import { lookAtTab } from './pages/lookAtTab';
import { PortalApi } from './pages/PortalApi';
import { ReleaseForm } from './pages/ReleaseForm';
import { signInAs } from './pages/signInAs';
import { TaskPage } from './pages/TaskPage';

/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

test('a release that was cut says what it lacks, and is finished from the page that says so', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const repository = copyLedger('deeds');
  cutRelease(repository, 'deeds', '0.4.0');
  const tag = repository.git('rev-parse', 'v0.4.0');
  await new PortalApi(baseURL!, 'owner').forgeHas('deeds');
  await signInAs(page, 'owner');
  const tab = new DeliveryTab(page);
  await tab.open('deeds');

  await test.step('it is what needs somebody first, and what it lacks is not deployed', async () => {
    const first = tab.needsAttention.getByRole('listitem').first();
    await expect(first).toContainText(
      'The release of 0.4.0 is unfinished: image tag 0.4.0.',
      read,
    );
    await expect(tab.stage('dev')).toContainText(
      'The image of 0.4.0 is not in the registry.',
    );
    await lookAtTab(browser, page, {
      user: 'owner',
      name: 'deeds',
      says: 'is unfinished',
      picture: 'delivery-unfinished',
      isPicturedNarrow: true,
    });
  });

  await test.step('its review makes no new version', async () => {
    await tab.verb('Finish the release of 0.4.0…').click();
    const form = new ReleaseForm(page);
    await form.button('Next').click();
    await expect(form.headline('Finish release deeds 0.4.0')).toBeVisible(read);
    await form.button('Confirm').click();
    await form.button('Release').click();
    await expect(
      new TaskPage(page).text(
        '0.4.0 was released by an earlier run; this run finished what was left.',
      ),
    ).toBeVisible(read);
    expect(repository.git('rev-parse', 'v0.4.0')).toBe(tag);
  });

  await test.step('the tab has it whole, and offers it', async () => {
    await tab.open('deeds');
    await expect(tab.stage('Latest release')).toContainText(
      'Image verified',
      read,
    );
    await expect(tab.verb('Deploy 0.4.0 to staging…')).toBeVisible();
    await expect(tab.attention('unfinished')).toHaveCount(0);
  });
});
