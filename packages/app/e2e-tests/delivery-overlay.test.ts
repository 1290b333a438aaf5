import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DeliveryTab } from './pages/DeliveryTab';
import { DeployForm } from './pages/DeployForm';
import { ForgeRepository } from './pages/ForgeRepository';
import { InfraRepository } from './pages/InfraRepository';
import { landOverlay } from './pages/landOverlay';
import { copyLedger } from './pages/LedgerCopy';
import { lookAtTab } from './pages/lookAtTab';
import { PortalApi } from './pages/PortalApi';
import { portalData } from './pages/portalData';
import { signInAs } from './pages/signInAs';
import { TaskPage } from './pages/TaskPage';

const name = 'wallet';
const overlayOf = (environment: string) =>
  `${name}/${environment}/kustomization.yaml`;
/** What git has is read each 30 s, and an answer takes its time. */
const within = { timeout: 60_000 };
/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

const overlay = (commit: string, tag: string) => `resources:
  - file:${name}.git//deploy/k8s/base?ref=${commit} # ${tag}
labels:
  - includeSelectors: true
    pairs:
      app.kubernetes.io/part-of: ${name}
`;

test.describe('an overlay that nobody can read', () => {
  test('says which file and line, whose commit, and comes back when it is mended', async ({
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(240_000);
    const infra = new InfraRepository();
    const wallet = ForgeRepository.make({
      name,
      owner: 'group:default/accounting',
      commits: ['feat: a wallet', 'feat: coins', 'feat: notes'],
    });
    const [first, second, third] = wallet
      .git('rev-list', '--reverse', 'main')
      .split('\n');
    wallet.git('tag', 'v0.1.0', first);
    wallet.git('tag', 'v0.2.0', second);
    wallet.git('tag', 'v0.3.0', third);
    infra.put('deploy: wallet everywhere', {
      [overlayOf('dev')]: overlay(third, 'v0.3.0'),
      [overlayOf('staging')]: overlay(second, 'v0.2.0'),
      [overlayOf('production')]: overlay(first, 'v0.1.0'),
    });
    const broken = infra.put(
      'chore: labels by hand',
      {
        [overlayOf('staging')]: overlay(second, 'v0.2.0').replace(
          '  - includeSelectors',
          '  # Of pods,\n  # and of selectors:\n  # all.\n\t- includeSelectors',
        ),
      },
      { by: 'guest' },
    );
    const sentence = `staging's overlay cannot be read: kustomization.yaml line 7, tab in indentation (commit ${broken.slice(
      0,
      7,
    )} by guest).`;
    await new PortalApi(baseURL!).forgeHas(name);
    await signInAs(page, 'developer');
    const tab = new DeliveryTab(page);
    await tab.open(name);
    const dev = tab.stage('dev');
    const staging = tab.stage('staging');

    await test.step('the card says which file, which line and whose commit, and the others are untouched', async () => {
      await expect(staging).toContainText(sentence, read);
      await expect(staging).toContainText('unknown');
      await expect(tab.stage('Latest release')).toContainText('0.3.0', read);
      await expect(dev).toContainText('0.3.0');
      await expect(tab.stage('production')).toContainText('0.1.0');
    });

    await test.step('nothing can be deployed there, for the same reason', async () => {
      const deploy = staging.getByRole('button', {
        name: 'Deploy 0.3.0 to staging…',
      });
      await expect(deploy).toBeDisabled();
      await expect(deploy).toHaveAccessibleDescription(sentence);
    });

    await test.step('a tag that was moved is not deployed any more', async () => {
      wallet.git('tag', '--force', 'v0.2.0', first);
      const cut = (sha: string) => `${sha.slice(0, 6)}…`;
      const moved = `v0.2.0 was moved from ${cut(second)} to ${cut(
        first,
      )}; it is not deployed any more.`;
      await tab.refresh.click();
      await expect(tab.history).toContainText(moved, within);
      await expect(tab.needsAttention).toContainText(moved);
    });

    await lookAtTab(browser, page, {
      user: 'developer',
      name,
      says: sentence,
      picture: 'delivery-unreadable',
    });

    await test.step('after a push that mends it the card is back', async () => {
      infra.put('fix: no tab', {
        [overlayOf('staging')]: overlay(third, 'v0.3.0'),
      });
      await expect(staging).not.toContainText('cannot be read', within);
      await expect(staging).toContainText('0.3.0');
    });
  });
});

test('an overlay whose folder was deleted comes back as it was', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const own = 'keepsake';
  const folder = `${own}/staging`;
  const infra = new InfraRepository();
  copyLedger(own);
  landOverlay({
    data: portalData,
    name: own,
    environment: 'staging',
    tag: 'v0.3.0',
    hoursAgo: 2,
  });
  infra.comment(`${folder}/pvc.yaml`, '# asked for by Ada');
  const former = infra.git('rev-parse', `HEAD:${folder}`);
  const files = infra
    .git('ls-tree', '-r', '--name-only', 'HEAD', `${folder}/`)
    .split('\n');
  expect(files).toHaveLength(2);
  await new PortalApi(baseURL!).forgeHas(own);
  await signInAs(page, 'developer');
  const tab = new DeliveryTab(page);
  await tab.open(own);
  const staging = tab.stage('staging');

  await expect(tab.large('staging')).toHaveText('0.3.0', within);

  await test.step('the card says who removed it', async () => {
    infra.put(
      'chore: no staging',
      Object.fromEntries(files.map(file => [file, undefined])),
      { by: 'guest', minutesAgo: 1 },
    );
    await tab.refresh.click();
    await expect(staging).toContainText(
      /○\s*Not deployed, removed by guest \d+ min ago/,
      within,
    );
    await expectAccessible(page, tab.all);
  });

  await test.step('the review shows every file of it, and brings it back', async () => {
    await tab.verb('Restore the former overlay…').click();
    const form = new DeployForm(page, 'environment-overlay');
    await expect(form.environment('staging')).toBeChecked(read);
    await expect(form.chosen(/v0\.3\.0/)).toBeVisible(read);
    await form.button('Next').click();
    await form.button('Next').click();
    const restore = `Restore the former overlay of ${own} in staging (at 0.3.0)`;
    await expect(form.headline(restore)).toBeVisible(read);
    for (const file of files) await expect(form.file(file)).toBeVisible();
    await expectAccessible(page, form.review);
    await form.button('Confirm').click();
    await form.button('Apply').click();
    await expect(new TaskPage(page).heading(restore)).toBeVisible(within);
    expect(infra.git('rev-parse', `HEAD:${folder}`)).toBe(former);
  });

  await test.step('the card has it again', async () => {
    await tab.open(own);
    await expect(tab.large('staging')).toHaveText('0.3.0', within);
    await expect(staging).not.toContainText('removed by');
  });
});
