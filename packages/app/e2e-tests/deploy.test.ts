import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DeployForm } from './pages/DeployForm';
import { EntityPage } from './pages/EntityPage';
import { InfraRepository } from './pages/InfraRepository';
import { tabTo } from './pages/keyboard';
import { TaskPage } from './pages/TaskPage';
import { inBothThemes, picturedInBothThemes } from './pages/themes';

const component = 'component:default/ledger';
const first = { overlay: true, storage: { size: '1Gi' } };
const overlay = 'ledger/dev/kustomization.yaml';
const create = 'Deploy ledger v0.2.0 to dev (for the first time)';
const deploy = 'Deploy ledger v0.3.0 to dev (from v0.2.0)';
const promote = 'Promote ledger 0.3.0 from dev to staging (for the first time)';
const rollback = 'Roll back ledger on dev from 0.3.0 to 0.2.0';
const request =
  'Promote ledger 0.3.0 from staging to production (for the first time)';
const nothing = 'Nothing to deploy for ledger in dev';

/** Opens the review as a link does, and holds it to WCAG 2.1 AA. Backstage's own page is not judged. */
async function lookAtReview(page: Page, headline: string, choices: object) {
  const form = new DeployForm(page);
  await form.open(component, choices);
  await expect(form.environment('dev')).toBeVisible();
  await form.button('Next').click();
  await expect(form.headline(headline)).toBeVisible();
  await expectAccessible(page, form.review);
  return form;
}

/** From the review that is open to the task that is done. */
async function run(page: Page, headline: string, says: RegExp) {
  const form = new DeployForm(page);
  const task = new TaskPage(page);
  await form.button('Confirm').click();
  await expect(form.confirmed('What happens')).toContainText(headline);
  await form.button('Deploy').click();
  await task.opened();
  await expect(task.text(says)).toBeVisible();
  return task;
}

test.describe('deploy', () => {
  test('brings a version to dev, promotes it to staging, rolls back, and lands what was reviewed', async ({
    page,
    browser,
  }) => {
    // Four runs, looked at in fourteen more pages.
    test.setTimeout(480_000);
    const infra = new InfraRepository();
    const form = new DeployForm(page);

    await test.step('the menu opens the form, filled in', async () => {
      const entity = new EntityPage(page);
      await entity.open('ledger');
      await entity.choose('Deploy');
      await expect(form.component).toHaveValue('Ledger');
      await expect(form.chosen(/v0\.\d\.0 \(newest\)/)).toBeVisible();
      await form.choose('production');
      await expect(
        page.getByText(/^production takes over what staging has/),
      ).toBeVisible();
      await form.choose('dev');
      await expectAccessible(page, form.environments);
    });

    await test.step('the first version needs storage, and the review says so', async () => {
      await form.chooseVersion(/\(newest\)/, 'v0.2.0');
      await form.button('Next').click();
      await expect(form.headline(create)).toBeVisible();
      await expect(
        form.text(
          'dev has no overlay of ledger yet: go back and set its host and storage.',
        ),
      ).toBeVisible();
      await expect(form.section('Findings')).toContainText('CLAIM_MISSING');
      await expect(form.button('Confirm')).toBeDisabled();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed.page, create, {
          environment: 'dev',
          version: 'v0.2.0',
        });
        await themed.picture('deploy-refused');
      });
      await form.button('Back').click();
      await page.getByText(/^Set host and storage/).click();
      await form.field('Host').fill('ledger.dev.example.com');
      await form.field('Storage size').fill('1Gi');
      await form.button('Next').click();
      await expect(form.headline(create)).toBeVisible();
      await expect(
        form.object('PersistentVolumeClaim dojo-data'),
      ).toContainText('created');
      const reviewed = await form.changedLines(overlay);
      await run(page, create, /^ledger v0\.2\.0 is in the overlay of dev: /);
      expect(infra.changedLines(overlay)).toEqual(reviewed);
    });

    await test.step('the next version: the review says what changes, and why', async () => {
      const before = infra.head();
      await form.open(component, { environment: 'dev', version: '0.3.0' });
      await expect(form.chosen(/v0\.3\.0/)).toBeVisible();
      await form.button('Next').click();
      await expect(form.headline(deploy)).toBeVisible();
      await expect(form.section('Why')).toContainText('v0.2.0 → v0.3.0');
      await expect(form.section('What will happen')).toContainText(
        'ledger/dev',
      );
      await expect(form.object('Deployment ledger')).toContainText(
        /\.image\s+- .*ledger.*\s+\+ .*ledger/,
      );
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed.page, deploy, {
          environment: 'dev',
          version: 'v0.3.0',
        });
        await themed.picture('deploy-review');
      });

      const reviewed = await form.changedLines(overlay);
      expect(reviewed.join('\n')).toContain('# v0.3.0');
      expect(infra.head()).toBe(before);
      const task = await run(
        page,
        deploy,
        /^ledger v0\.3\.0 is in the overlay of dev: /,
      );
      await expect(task.heading(deploy)).toBeVisible();
      expect(infra.git('rev-parse', 'HEAD^')).toBe(before);
      expect(infra.changedFiles()).toEqual([overlay]);
      expect(infra.changedLines(overlay)).toEqual(reviewed);
      const address = page.url();
      await picturedInBothThemes(browser, async themed => {
        await themed.page.goto(address);
        const finished = new TaskPage(themed.page);
        await expect(finished.heading(deploy)).toBeVisible();
        await expect(finished.logLine(/Finished step/)).toBeVisible();
        await themed.picture('deploy-task');
      });
    });

    await test.step('once more, there is nothing to do', async () => {
      await inBothThemes(browser, async themed => {
        const again = await lookAtReview(themed.page, nothing, {
          environment: 'dev',
          version: 'v0.3.0',
        });
        await expect(again.button('Confirm')).toBeDisabled();
        await themed.picture('deploy-nothing');
      });
    });

    await test.step('staging takes over what dev has', async () => {
      await form.open(component, { environment: 'staging', ...first });
      await expect(form.environment('staging')).toBeChecked();
      await form.choose('Promote what another environment has');
      await expect(form.source('dev')).toBeChecked();
      await form.button('Next').click();
      await expect(form.headline(promote)).toBeVisible();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed.page, promote, {
          environment: 'staging',
          intent: 'promote',
          promoteFrom: 'dev',
          ...first,
        });
        await themed.picture('deploy-promote');
      });
      const staging = 'ledger/staging/kustomization.yaml';
      const reviewed = await form.changedLines(staging);
      await run(page, promote, /^ledger v0\.3\.0 is in the overlay of staging/);
      expect(infra.changedLines(staging)).toEqual(reviewed);
      const pinIn = (environment: string) =>
        /\?ref=[0-9a-f]{40}/.exec(
          infra.git('show', `HEAD:ledger/${environment}/kustomization.yaml`),
        )?.[0];
      expect(pinIn('staging')).toBe(pinIn('dev'));
    });

    await test.step('dev goes back to what it had', async () => {
      await form.open(component, { environment: 'dev', intent: 'rollback' });
      await expect(form.chosen(/The version before this one/)).toBeVisible();
      await form.button('Next').click();
      await expect(form.headline(rollback)).toBeVisible();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed.page, rollback, {
          environment: 'dev',
          intent: 'rollback',
          rollbackTo: 'previous',
        });
        await themed.picture('deploy-rollback');
      });
      const reviewed = await form.changedLines(overlay);
      await run(
        page,
        rollback,
        /^ledger v0\.2\.0 is back in the overlay of dev/,
      );
      expect(infra.changedFiles()).toEqual([overlay]);
      expect(infra.changedLines(overlay)).toEqual(reviewed);
      expect(infra.git('show', `HEAD:${overlay}`)).toBe(
        infra.git('show', `HEAD~3:${overlay}`),
      );
    });

    await test.step('production takes what staging has and nothing else, and waits for somebody who merges', async () => {
      const before = infra.head();
      const other = { environment: 'production', version: 'v0.2.0', ...first };
      await form.open(component, other);
      await expect(form.environment('production')).toBeChecked();
      await expect(form.chosen(/v0\.2\.0/)).toBeVisible();
      await form.button('Next').click();
      await expect(
        form.text('A rule keeps it out of production'),
      ).toBeVisible();
      await expect(form.button('Confirm')).toBeDisabled();
      await form.open(component, {
        environment: 'production',
        intent: 'promote',
        ...first,
      });
      await expect(form.source('staging')).toBeChecked();
      await form.button('Next').click();
      await expect(form.headline(request)).toBeVisible();
      await expect(
        form.text(
          'It lands when somebody merges it; until then production stays as it is',
        ),
      ).toBeVisible();
      await run(page, request, /asks for ledger v0\.3\.0 in production/);
      expect(infra.head()).toBe(before);
      expect(
        infra.git('show', 'dojo/ledger/production', '--format=%s', '-s'),
      ).toContain('ledger');
    });
  });

  test('is reviewed by keyboard alone', async ({ page }) => {
    const form = new DeployForm(page);
    await form.open(component, { environment: 'dev', version: 'v0.3.0' });
    await expect(form.chosen(/v0\.3\.0/)).toBeVisible();
    await tabTo(page, form.button('Next'));
    await page.keyboard.press('Enter');
    await expect(form.headline(deploy)).toBeVisible();
    await tabTo(page, form.button('Confirm'));
    await page.keyboard.press('Enter');
    await expect(form.button('Deploy')).toBeVisible();
  });

  test('runs what was reviewed, or nothing', async ({ page }) => {
    const infra = new InfraRepository();
    const form = new DeployForm(page);
    await form.open(component, { environment: 'dev', version: 'v0.1.0' });
    await expect(form.chosen(/v0\.1\.0/)).toBeVisible();
    await form.button('Next').click();
    await expect(
      form.headline('Deploy ledger 0.1.0 to dev, below 0.2.0'),
    ).toBeVisible();
    await form.button('Confirm').click();

    const pushed = infra.comment(overlay, '# by hand, after the review');
    await form.button('Deploy').click();
    const task = new TaskPage(page);
    await task.opened();
    await expect(
      task.text(
        `The overlay of dev changed since your review (commit ${pushed.slice(
          0,
          7,
        )} by Ada). Nothing was changed.`,
      ),
    ).toBeVisible();
    expect(infra.head()).toBe(pushed);
  });

  test('changes host and storage of what is there, and its version stays', async ({
    page,
    browser,
  }) => {
    const change = 'Change dev of ledger (it stays at v0.2.0)';
    const infra = new InfraRepository();
    const form = new DeployForm(page, 'environment-overlay');
    await form.open(component, { environment: 'dev' });
    await expect(form.chosen(/v0\.2\.0 \(in dev now\)/)).toBeVisible();
    await form.button('Next').click();
    await form.field('Storage size').fill('2Gi');
    await form.button('Next').click();
    await expect(form.headline(change)).toBeVisible();
    await expect(form.object('PersistentVolumeClaim dojo-data')).toContainText(
      /storage\s+- "1Gi"\s+\+ "2Gi"/,
    );
    await inBothThemes(browser, async themed => {
      const themedForm = new DeployForm(themed.page, 'environment-overlay');
      await themedForm.open(component, {
        environment: 'dev',
        storage: { size: '2Gi' },
      });
      await expect(themedForm.chosen(/in dev now/)).toBeVisible();
      await themedForm.button('Next').click();
      await expect(themedForm.field('Storage size')).toHaveValue('2Gi');
      await themedForm.button('Next').click();
      await expect(themedForm.headline(change)).toBeVisible();
      await expectAccessible(themed.page, themedForm.review);
      await themed.picture('deploy-change');
    });
    await form.button('Confirm').click();
    await form.button('Apply').click();
    const task = new TaskPage(page);
    await task.opened();
    await expect(task.text(/ledger v0\.2\.0 is in the overlay/)).toBeVisible();
    expect(infra.git('show', 'HEAD:ledger/dev/pvc.yaml')).toContain('2Gi');
  });
});
