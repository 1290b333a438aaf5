import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import { clusterTest as test } from '../pages/clusterTest';
import { InfraRepository } from '../pages/InfraRepository';
import { landOverlay } from '../pages/landOverlay';
import { buildHeadImage, copyLedger } from '../pages/LedgerCopy';
import { lookAtTab } from '../pages/lookAtTab';
import { openFrozen } from '../pages/openFrozen';
import { openTabAs } from '../pages/openTabAs';
import { PortalApi } from '../pages/PortalApi';
import { ReleaseForm } from '../pages/ReleaseForm';

/** The ledger under another name, so that no other test of this portal finds it changed. */
const name = 'petty';
const component = `component:default/${name}`;
const branch = 'release/0.3';
const lacking =
  '1 fix of this branch is not on main: fix(net-worth): count credit cards.';

/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

test('a fix of what production runs gets there past a newer release', async ({
  browser,
  portal,
}) => {
  test.setTimeout(600_000);
  const { data } = portal;
  const infra = new InfraRepository(data);
  const at = { name, baseURL: portal.url };
  const waitingBranch = `dojo/${name}/production`;

  const repository =
    await test.step('production is at 0.3.0 and staging at 0.4.0, and a fix of 0.3 waits on its branch', async () => {
      const api = new PortalApi(portal.url, 'owner');
      await portal.admin.admit(`${name}-staging`, 'ledger-staging');
      const made = copyLedger(name, { data, maintenance: 'release/*' });
      made.git('branch', branch, 'v0.3.0');
      made.commit('fix(net-worth): count credit cards (#40)', branch);
      buildHeadImage(name, { data, branch });
      await api.forgeHas(name);
      expect(await api.release(component)).toBe('0.4.0');
      await api.deploy({
        component,
        environment: 'staging',
        version: 'v0.4.0',
        storage: { size: '1Gi' },
      });
      landOverlay({
        data,
        name,
        environment: 'production',
        tag: 'v0.3.0',
        hoursAgo: 9 * 24,
      });
      return made;
    });

  const owner = await openTabAs(browser, 'owner', at);
  const release = new ReleaseForm(owner.page);
  const unreleased = owner.tab.stage('Unreleased');
  await test.step('each branch says in a line of its own what waits', async () => {
    await expect(owner.tab.stage('staging')).toContainText('Healthy', read);
    await expect(unreleased).toContainText(
      'main: no commits since 0.4.0',
      read,
    );
    await expect(unreleased).toContainText('release/0.3: 1 commit, next 0.3.1');
    await lookAtTab(browser, owner.page, {
      user: 'owner',
      name,
      says: 'release/0.3: 1 commit, next 0.3.1',
      picture: 'delivery-maintenance',
    });
  });

  await test.step('a version that another commit has is not released', async () => {
    repository.git('tag', 'v0.3.1', 'main');
    await release.open(component, { bump: 'auto', branch });
    await expect(
      owner.page.getByText(
        '0.3.1 exists already, not on release/0.3. The next free version is 0.3.2.',
      ),
    ).toBeVisible(read);
    repository.git('tag', '--delete', 'v0.3.1');
  });

  await test.step('the fix is released below the latest release', async () => {
    await owner.tab.open(name);
    await owner.tab.verb('Release 0.3.1 from release/0.3…').click();
    await release.button('Next').click();
    await expect(release.headline(`Release ${name} 0.3.1`)).toBeVisible(read);
    await expect(release.text('0.4.0 stays the latest release.')).toBeVisible();
    await expect(release.text(lacking)).toBeVisible();
    await expectAccessible(owner.page, release.review);
    await release.button('Confirm').click();
    await release.button('Release').click();
    await owner.task.opened();
    await expect
      .poll(() => repository.tags().includes('v0.3.1'), read)
      .toBe(true);
    await owner.tab.open(name);
    await expect(unreleased).toContainText(lacking, read);
    await expect(owner.tab.large('Latest release')).toHaveText('0.4.0');
  });

  await test.step('it goes to staging, below what is there', async () => {
    await owner.tab.verb('Deploy 0.3.1 to staging…').click(read);
    await owner.form.button('Next').click();
    await expect(
      owner.form.headline(`Deploy ${name} 0.3.1 to staging, below 0.4.0`),
    ).toBeVisible(read);
    await expect(
      owner.form.text(
        '6 changes leave: 1 breaking, 2 features, 2 fixes, 1 performance',
      ),
    ).toBeVisible();
    await expect(
      owner.form.text('feat(reconciliation): mark transactions as cleared'),
    ).toBeVisible();
    await expect(
      owner.form.text('Database stays at 0015, which 0.3.1 can run on.'),
    ).toBeVisible();
    await expectAccessible(owner.page, owner.form.review);
    await owner.form.button('Confirm').click();
    await owner.form.button('Deploy').click();
    await owner.task.opened();
    await owner.tab.open(name);
    await expect(owner.tab.large('staging')).toHaveText('0.3.1', read);
    await expect(owner.tab.stage('staging')).toContainText('Healthy', read);
  });

  await test.step('and on to production, merged by developer', async () => {
    await owner.tab.verb('Promote 0.3.1 to production…').click();
    await expect(owner.form.source('staging')).toBeChecked();
    await owner.form.button('Next').click();
    await owner.form.button('Confirm').click(read);
    await owner.form.button('Deploy').click();
    await owner.task.opened();
    await expect.poll(() => infra.has(waitingBranch), read).toBe(true);
    const developer = await openTabAs(browser, 'developer', at);
    await developer.tab.verb('Review and merge 0.3.1…').click(read);
    await expect(developer.form.source('staging')).toBeChecked();
    await developer.form.button('Next').click();
    await developer.form.button('Merge').click(read);
    await expect(
      developer.form.text(/^Merged: v0\.3\.1 is in the overlay of production$/),
    ).toBeVisible();
    await developer.end();
    await owner.tab.open(name);
    const production = owner.tab.stage('production');
    await expect(owner.tab.large('production')).toHaveText('0.3.1', read);
    await expect(production).toContainText('merged by developer');
  });

  await test.step('the measures count its one commit, and no hotfix: 0.3.0 landed long before', async () => {
    await expect(
      owner.tab.text('(median of 1 commit); the first deployment has none.'),
    ).toBeVisible(read);
    await expect(owner.tab.text('0 of 2 failed')).toBeVisible();
    await expectAccessible(owner.page, owner.tab.all);
  });

  await test.step('staging gets 0.4.0 again, and the warning goes when main has the fix', async () => {
    await owner.tab.verb('Deploy 0.4.0 to staging…').click();
    await owner.form.button('Next').click();
    await expect(
      owner.form.headline(`Deploy ${name} v0.4.0 to staging (from v0.3.1)`),
    ).toBeVisible(read);
    await owner.form.button('Confirm').click();
    await owner.form.button('Deploy').click();
    await owner.task.opened();
    await owner.tab.open(name);
    await expect(owner.tab.large('staging')).toHaveText('0.4.0', read);
    await expect(owner.tab.stage('staging')).toContainText('Healthy', read);
    await expect(unreleased).toContainText(lacking);
    repository.commit('fix(net-worth): count credit cards (#40)');
    await owner.tab.refresh.click();
    await expect(unreleased).not.toContainText(lacking, read);
  });

  await test.step('a freeze holds the promotion back, and no way back', async () => {
    await openFrozen(portal, owner.tab, { name, environment: 'production' });
    await expect(
      owner.tab.blocked('Promote 0.4.0 to production…'),
    ).toBeDisabled();
    await expect(owner.tab.verb('Roll back to 0.3.0…')).toBeVisible();
    await expectAccessible(owner.page, owner.tab.all);
    portal.freeze('production');
    await owner.end();
  });
});
