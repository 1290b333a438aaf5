import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DevLedger } from './pages/DevLedger';
import { EntityPage } from './pages/EntityPage';
import { tabTo } from './pages/keyboard';
import { MigrateForm } from './pages/MigrateForm';
import { TaskPage } from './pages/TaskPage';
import {
  inBothThemes,
  picturedInBothThemes,
  type ThemedPage,
} from './pages/themes';

const component = 'component:default/ledger';
const behind = { head: '0013_tags', pending: 2 };
const current = { head: '0015_integrity', pending: 0 };
const migrate = 'Migrate ledger on dev to 0.3.0 (0013 -> 0015)';
const nothing = 'Nothing to do for ledger on dev';
const back =
  /^Restore dev database from the backup of \d\d:\d\d \(0015 -> 0013\)$/;
const newest = /Newest release \(0\.3\.0\)/;

/** The review as anybody who opens the form sees it; it breaks no rule of WCAG 2.1 AA. Backstage's own page is not judged. */
async function lookAtReview(
  { page }: ThemedPage,
  headline: string | RegExp,
  template?: 'restore-backup',
) {
  const form = new MigrateForm(page, template);
  await form.open(component);
  await expect(form.environment('dev')).toBeChecked();
  await expectAccessible(page, form.environments);
  await form.button('Next').click();
  await expect(form.headline(headline)).toBeVisible();
  await expectAccessible(page, form.review);
  return form;
}

test.describe('migrate', () => {
  test('goes from the entity page to the new schema, has nothing more to do, and goes back', async ({
    page,
    browser,
  }) => {
    // Two runs and four rehearsals, looked at in twelve more pages.
    test.setTimeout(900_000);
    const ledger = new DevLedger();
    const form = new MigrateForm(page);
    const restoring = new MigrateForm(page, 'restore-backup');
    const task = new TaskPage(page);
    expect(ledger.level()).toEqual(behind);

    await test.step('the menu opens the form, filled in', async () => {
      const entity = new EntityPage(page);
      await entity.open('ledger');
      await entity.choose('Migrate');
      await expect(form.component).toHaveValue('Ledger');
      await expect(form.environment('dev')).toBeChecked();
      await expect(form.chosen(newest)).toBeVisible();
      await form.button('Next').click();
    });

    await test.step('the review shows what is pending, with its SQL', async () => {
      await expect(form.headline(migrate)).toBeVisible();
      await expect(form.section('2 pending migrations')).toBeVisible();
      await expect(form.migration('0014_reconciliation')).toContainText(
        'CREATE TABLE reconciliations',
      );
      const long = form.migration('0015_integrity');
      await long.getByRole('button', { name: 'Show SQL' }).click();
      await expect(long).toContainText('CREATE VIEW ledger_problems');
      await expect(form.section('The database now')).toContainText('0013_tags');
      await expect(form.section('Backups')).toBeVisible();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed, migrate);
        await themed.picture('migrate-review');
      });
    });

    await test.step('the rehearsal says what each statement did, and what it took', async () => {
      await form.button('Not rehearsed. Rehearse first?').click();
      await expect(
        form.rehearsedStatements.filter({ hasText: /^UPDATE/ }).first(),
      ).toHaveText(/^UPDATE\d+[\d,]+[\d.]+ (ms|sec)$/);
      const report = form.section('Rehearsal');
      await expect(report).toContainText(
        /Total time \(with copy, commit and checks\)[\d.]+ (ms|sec)/,
      );
      await expect(report).toContainText(/Peak disk[\d.]+ (kB|MB)/);
      await inBothThemes(browser, async themed => {
        const themedForm = await lookAtReview(themed, migrate);
        await themedForm.button('Not rehearsed. Rehearse first?').click();
        await expect(themedForm.rehearsedStatements.first()).toBeVisible();
        await expectAccessible(themed.page, themedForm.review);
        await themed.picture('migrate-rehearsed');
      });
    });

    await test.step('nothing has been changed yet; then it runs', async () => {
      expect(ledger.level()).toEqual(behind);
      await form.button('Confirm').click();
      await expect(form.confirmed('Version')).toContainText('0.3.0');
      await expect(form.confirmed('Rehearsed')).toContainText('Succeeded in');
      await form.button('Back').click();
      await expect(form.section('Rehearsal')).toContainText(
        /Rehearsed .* ago, [\d.]+ (ms|sec)/,
      );
      await form.button('Confirm').click();
      await form.button('Migrate').click();
      await task.opened();
      await expect(task.heading('ledger on dev')).toBeVisible();
      await expect(
        task.text(/^The database of ledger on dev was migrated from/),
      ).toHaveText(
        'The database of ledger on dev was migrated from 0013_tags to 0015_integrity with the migrations of 0.3.0.',
      );
      await expect(task.logLine(/0014_reconciliation/)).toBeVisible();
      await expect(task.logLine(/0015_integrity/)).toBeVisible();
      expect(ledger.level()).toEqual(current);
      const address = page.url();
      await picturedInBothThemes(browser, async themed => {
        await themed.page.goto(address);
        const finished = new TaskPage(themed.page);
        await expect(finished.heading('ledger on dev')).toBeVisible();
        await expect(finished.logLine(/Finished step/)).toBeVisible();
        await themed.picture('migrate-task');
      });
    });

    await test.step('the link leads back to the component', async () => {
      await task.link('Back to ledger').click();
      await expect(new EntityPage(page).heading('Ledger')).toBeVisible();
    });

    await test.step('a second one says that there is nothing to do', async () => {
      await form.open(component);
      await form.button('Next').click();
      await expect(form.headline(nothing)).toBeVisible();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed, nothing);
        await themed.picture('migrate-nothing');
      });
      await expect(form.button('Confirm')).toBeDisabled();
    });

    await test.step('the backup is put back', async () => {
      const entity = new EntityPage(page);
      await entity.open('ledger');
      await entity.choose('Restore a backup');
      await expect(restoring.environment('dev')).toBeChecked();
      await restoring.chooseBackup(/^(?:today|\d+ \w{3}) \d\d:\d\d · 0013 · /);
      await restoring.button('Next').click();
      await expect(restoring.headline(back)).toBeVisible();
      await expect(restoring.section('Backups')).toContainText(
        'Will be restored',
      );
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed, back, 'restore-backup');
        await themed.picture('migrate-restore');
      });
      await restoring.button('Confirm').click();
      await expect(restoring.confirmed('Backup')).toContainText('-0013');
      await restoring.button('Restore').click();
      await task.opened();
      await expect(task.heading('ledger on dev')).toBeVisible();
      await expect(task.text('dev database restored to 0013.')).toBeVisible();
      expect(ledger.level()).toEqual(behind);
    });

    await test.step('once more, it is that backup already', async () => {
      await restoring.open(component);
      await expect(restoring.environment('dev')).toBeChecked();
      await restoring.button('Next').click();
      await expect(restoring.headline(nothing)).toBeVisible();
      await expect(restoring.section('Backups')).toContainText('Current');
      await expect(restoring.section('Backups')).toContainText('Pre-restore');
      await expect(restoring.button('Confirm')).toBeDisabled();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed, nothing, 'restore-backup');
        await themed.picture('migrate-restored');
      });
    });

    await test.step('then both are pending again', async () => {
      await form.open(component);
      await form.button('Next').click();
      await expect(form.headline(migrate)).toBeVisible();
      await expect(form.section('2 pending migrations')).toBeVisible();
    });
  });

  test('is reviewed and rehearsed by keyboard alone', async ({ page }) => {
    const form = new MigrateForm(page);
    await form.open(component);
    await expect(form.environment('dev')).toBeChecked();
    await tabTo(page, form.button('Next'));
    await page.keyboard.press('Enter');
    await expect(form.headline(migrate)).toBeVisible();

    await tabTo(page, form.button('Not rehearsed. Rehearse first?'));
    await page.keyboard.press('Enter');
    await expect(form.rehearsedStatements.first()).toBeVisible();

    const first = form.migration('0014_reconciliation');
    await tabTo(page, first.getByRole('button', { name: 'Hide SQL' }));
    await page.keyboard.press('Enter');
    await expect(first.getByRole('figure')).toBeHidden();
    await expect(first.getByRole('button', { name: 'Show SQL' })).toBeFocused();

    await tabTo(page, form.button('Confirm'));
    await page.keyboard.press('Enter');
    await expect(form.button('Migrate')).toBeVisible();
  });

  test('takes the release that is chosen', async ({ page }) => {
    const form = new MigrateForm(page);
    await form.open(component);
    await expect(form.environment('dev')).toBeChecked();
    await form.choose(newest, '0.3.0');
    await form.button('Next').click();
    await expect(form.headline(migrate)).toBeVisible();
  });

  test('opens no other environment than the one in the link', async ({
    page,
  }) => {
    const form = new MigrateForm(page);
    await form.open(component, { environment: 'prod' });
    await expect(
      page.getByText('prod is not an environment here.'),
    ).toBeVisible();
    await expect(page.getByText('Configured: dev.')).toBeVisible();
    await expect(form.environment('dev')).not.toBeChecked();
    await expectAccessible(page, form.environments);
    await form.button('Next').click();
    await expect(
      page.getByText("'Environment' is not a configured environment"),
    ).toBeVisible();
    await expect(form.headline(/./)).toBeHidden();
  });

  test('does not go on with a release that is none', async ({ page }) => {
    const form = new MigrateForm(page);
    await form.open(component, { version: '9.9.9' });
    await expect(form.environment('dev')).toBeChecked();
    await expect(
      page.getByText('ledger has no release 9.9.9. Latest: 0.3.0.'),
    ).toBeVisible();
    await form.button('Next').click();
    await expect(
      page
        .getByText(/is not a release of this component: choose one that is\.$/)
        .first(),
    ).toBeVisible();
    await expect(form.headline(/./)).toBeHidden();
  });

  test('fits where the browser zooms to 200 %', async ({ page }) => {
    await page.setViewportSize({ width: 640, height: 400 });
    const form = new MigrateForm(page);
    await form.open(component);
    await expect(form.environment('dev')).toBeChecked();
    await form.button('Next').click();
    await form.button('Not rehearsed. Rehearse first?').click();
    const statement = form.rehearsedStatements
      .filter({ hasText: /^CREATE TABLE/ })
      .first();
    await expect(statement).toBeVisible();
    // Two lines, and not one for each letter.
    expect((await statement.boundingBox())?.height).toBeLessThan(64);
  });
});
