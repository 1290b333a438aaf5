import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility';
import { clusterTest as test } from '../pages/clusterTest';
import { ForgeRepository } from '../pages/ForgeRepository';
import { InfraRepository } from '../pages/InfraRepository';
import { landOverlay } from '../pages/landOverlay';
import { buildHeadImage, copyLedger } from '../pages/LedgerCopy';
import { lookAtTab } from '../pages/lookAtTab';
import { openFrozen } from '../pages/openFrozen';
import { openTabAs } from '../pages/openTabAs';
import { PortalApi } from '../pages/PortalApi';
import type { PortalUser } from '../pages/signInAs';

/** The ledger under another name, so that no other test of this portal finds it changed. */
const name = 'cashbook';
const component = `component:default/${name}`;
const waitingBranch = `dojo/${name}/production`;
const overlay = `${name}/production/kustomization.yaml`;
const storage = { size: '1Gi' };

/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

// As after the one before: a promotion, what may come between, and where a change is then.
test.describe.configure({ mode: 'serial' });

test.describe('production', () => {
  test('gets by promotion what ran in staging, merged by a second person', async ({
    browser,
    portal,
  }) => {
    test.setTimeout(600_000);
    const infra = new InfraRepository(portal.data);
    const open = (user: PortalUser) =>
      openTabAs(browser, user, { name, baseURL: portal.url });

    await test.step('0.4.0 runs in staging, and 0.3.0 is in production', async () => {
      const api = new PortalApi(portal.url, 'owner');
      await portal.admin.admit(`${name}-staging`, 'ledger-staging');
      copyLedger(name, { data: portal.data });
      await api.forgeHas(name);
      expect(await api.release(component)).toBe('0.4.0');
      await api.deploy({
        component,
        environment: 'staging',
        version: 'v0.4.0',
        storage,
      });
      landOverlay({
        data: portal.data,
        name,
        environment: 'production',
        tag: 'v0.3.0',
        hoursAgo: 9 * 24,
      });
    });

    const owner = await open('owner');
    const asked = { planHash: '', lines: [''] };
    await test.step('the owner reviews the promotion and requests it', async () => {
      await expect(owner.tab.stage('production')).toContainText('0.3.0', read);
      await expect(owner.tab.stage('staging')).toContainText('Healthy', read);
      await owner.tab.verb('Promote 0.4.0 to production…').click();
      await expect(owner.form.source('staging')).toBeChecked();
      await owner.form.button('Next').click();
      await expect(
        owner.form.headline(`Promote ${name} 0.4.0 from staging to production`),
      ).toBeVisible(read);
      for (const sentence of [
        '6 changes, 1 breaking',
        'Not checked: the database of production (no cluster). 0.4.0 needs 0015.',
        'Lands when somebody other than owner merges it.',
      ]) {
        await expect(owner.form.text(sentence)).toBeVisible();
      }
      asked.lines = await owner.form.changedLines(overlay);
      expect(asked.lines).toContain(
        `+     digest: ${digestOf(
          infra.git('show', `HEAD:${name}/staging/kustomization.yaml`),
        )}`,
      );
      asked.planHash = await owner.form.planHash();
      await expectAccessible(owner.page, owner.form.review);
      await owner.form.button('Confirm').click();
      await owner.form.button('Deploy').click();
      await owner.task.opened();
      await expect.poll(() => infra.has(waitingBranch), read).toBe(true);
    });

    await test.step('production says what waits, and the owner may not merge it', async () => {
      await owner.tab.open(name);
      const production = owner.tab.stage('production');
      await expect(production).toContainText(
        /⏳ 0\.4\.0 waits for a merge, requested by owner (?:just now|\d+ (?:s|min) ago)/,
        read,
      );
      await expect(owner.tab.large('production')).toHaveText('0.3.0');
      await expect(owner.tab.blocked('Review and merge 0.4.0…')).toBeDisabled();
      await expect(production).toContainText(
        'You requested this change; somebody else has to merge it.',
      );
      await lookAtTab(browser, owner.page, {
        user: 'owner',
        name,
        says: 'waits for a merge',
        picture: 'delivery-waits',
      });
    });

    await test.step('asked for again, it is found and nothing is added', async () => {
      const tip = infra.git('rev-parse', waitingBranch);
      await owner.tab.verb('Promote 0.4.0 to production…').click();
      await expect(owner.form.source('staging')).toBeChecked();
      await owner.form.button('Next').click();
      await expect(
        owner.form.text('This change already waits; nothing was added.'),
      ).toBeVisible(read);
      await expect(owner.form.button('Merge')).toBeDisabled();
      expect(infra.git('rev-parse', waitingBranch)).toBe(tip);
      await owner.tab.openFollowed(name);
    });

    await test.step('the developer reads the same change and merges it', async () => {
      const developer = await open('developer');
      await developer.tab.verb('Review and merge 0.4.0…').click();
      await expect(developer.form.source('staging')).toBeChecked();
      await developer.form.button('Next').click();
      await expect(developer.form.waiting).toContainText('asked for by', read);
      expect(await developer.form.planHash()).toBe(asked.planHash);
      expect(await developer.form.waitingLines(overlay)).toEqual(asked.lines);
      await developer.form.button('Merge').click();
      await expect(
        developer.form.text(
          /^Merged: v0\.4\.0 is in the overlay of production$/,
        ),
      ).toBeVisible();
      await developer.end();
    });

    await test.step('the open tab says who merged it, and the history who asked', async () => {
      await expect(owner.tab.announcement).toContainText(
        '0.4.0 landed in production, merged by developer.',
        read,
      );
      await expect(owner.tab.large('production')).toHaveText('0.4.0');
      await expect(owner.tab.stage('production')).toContainText('Not observed');
      await expect(
        owner.tab.entry(
          '0.4.0 landed in production, requested by owner, merged by developer.',
        ),
      ).toBeVisible(read);
      await owner.end();
    });
  });

  test('tells what came between a request and its merge', async ({
    browser,
    portal,
  }) => {
    test.setTimeout(480_000);
    const infra = new InfraRepository(portal.data);
    const api = new PortalApi(portal.url, 'owner');
    const open = (user: PortalUser) =>
      openTabAs(browser, user, { name, baseURL: portal.url });

    await test.step('0.4.0 waits for production, which is at 0.3.0', async () => {
      landOverlay({
        data: portal.data,
        name,
        environment: 'production',
        tag: 'v0.3.0',
        hoursAgo: 0,
      });
      await api.deploy({
        component,
        environment: 'production',
        promoteFrom: 'staging',
      });
      expect(infra.has(waitingBranch)).toBe(true);
    });

    await test.step('a freeze that begins before the merge holds it back, with its end', async () => {
      const developer = await open('developer');
      const says = await openFrozen(portal, developer.tab, {
        name,
        environment: 'production',
      });
      await expect(
        developer.tab.blocked('Review and merge 0.4.0…'),
      ).toBeDisabled();
      await lookAtTab(browser, developer.page, {
        user: 'developer',
        name,
        says,
        picture: 'delivery-frozen',
      });
      await developer.form.open(component, {
        environment: 'production',
        intent: 'promote',
        promoteFrom: 'staging',
      });
      await developer.form.button('Next').click();
      await expect(developer.form.button('Merge')).toBeDisabled(read);
      await expect(developer.form.button('Merge')).toHaveAccessibleDescription(
        /^production is frozen until /,
      );
      portal.freeze('production');
      await expect(async () => {
        await developer.tab.open(name);
        await expect(developer.tab.stage('production')).toBeVisible({
          timeout: 30_000,
        });
        await expect(developer.tab.verb('Review and merge 0.4.0…')).toBeVisible(
          { timeout: 5_000 },
        );
      }).toPass({ timeout: 120_000 });
      await developer.end();
    });

    await test.step('staging moves on to 0.4.1', async () => {
      new ForgeRepository(name, portal.data).commit('fix(config): time zone');
      buildHeadImage(name, { data: portal.data });
      expect(await api.release(component)).toBe('0.4.1');
      await api.deploy({
        component,
        environment: 'staging',
        version: 'v0.4.1',
      });
    });

    const owner = await open('owner');
    await test.step('the change that waits says that it brings what staging had', async () => {
      const production = owner.tab.stage('production');
      await expect(production).toContainText(
        'staging now runs 0.4.1. This change still brings 0.4.0.',
        read,
      );
      await lookAtTab(browser, owner.page, {
        user: 'owner',
        name,
        says: 'This change still brings 0.4.0.',
        picture: 'delivery-outdated',
      });
      await production.getByRole('link', { name: 'Update' }).click();
      await expect(owner.form.source('staging')).toBeChecked();
      await owner.form.button('Next').click();
      await expect(
        owner.form.headline(`Promote ${name} 0.4.1 from staging to production`),
      ).toBeVisible(read);
      await owner.tab.open(name);
      await production.getByRole('link', { name: 'Close' }).click();
      await expect(owner.form.source('staging')).toBeChecked();
      await owner.form.button('Next').click();
      await expect(owner.form.button('Close')).toBeEnabled(read);
      await owner.tab.openFollowed(name);
    });

    await test.step('who asked for it merges it by git all the same: the history says so', async () => {
      infra.land(waitingBranch, { by: 'owner' });
      await owner.tab.refresh.click();
      const entry = owner.tab.entry(
        /^0\.4\.0 landed in production, merged by owner, who requested it\.$/,
      );
      await expect(entry).toBeVisible(read);
      await expect(entry).toContainText('⚠ Requested and merged by one person');
      await expectAccessible(owner.page, owner.tab.all);
      await owner.end();
    });
  });

  test('answers whether a change is there', async ({ browser, portal }) => {
    test.setTimeout(120_000);
    const repository = new ForgeRepository(name, portal.data);
    const developer = await openTabAs(browser, 'developer', {
      name,
      baseURL: portal.url,
    });
    const { tab } = developer;
    const ask = async (ref: string, answer: string | RegExp) => {
      await tab.find.fill(ref);
      await tab.find.press('Enter');
      await expect(tab.answer).toContainText(answer);
    };
    repository.commit('feat(rates): rates of currencies (#52)');
    await tab.refresh.click();
    await expect(tab.stage('Unreleased')).toContainText('1 commit', read);

    await test.step('of a change that is in a version, since when it is where', async () => {
      await ask(
        '29',
        /^#29 is in 0\.4\.0: in staging since (?:\d+ \w{3} )?\d\d:\d\d, landed in production (?:\d+ \w{3} )?\d\d:\d\d \(not observed there\)\./,
      );
      await expect(tab.stage('staging')).toContainText('✓ has it');
      await expect(tab.stage('production')).toContainText('✓ has it');
      await expect(tab.stage('dev')).toContainText('– does not have it');
      await expectAccessible(developer.page, tab.all);
    });

    await test.step('of one that was taken back, and of one that waits', async () => {
      const revert = repository.git(
        ...['log', '--format=%h', '--abbrev=7', '-1', '--grep=^Revert', 'main'],
      );
      await ask(
        '35',
        `#35 was reverted by ${revert} before 0.4.0; it runs nowhere.`,
      );
      await ask('52', /^#52 is on main, not released\. Next: 0\.5\.0\./);
    });

    await test.step('of what nobody knows', async () => {
      await ask(
        '99',
        '#99: no such commit or pull request in what is known (since 0.1.0).',
      );
      await ask('33fa77', 'Give at least 7 digits of the commit.');
      await expectAccessible(developer.page, tab.all);
      await developer.end();
    });
  });
});

/** Digest of the image that an overlay pins. */
function digestOf(kustomization: string): string {
  const [digest] = /sha256:[0-9a-f]{64}/.exec(kustomization) ?? [];
  if (digest === undefined) throw new Error('the overlay pins no digest');
  return digest;
}
