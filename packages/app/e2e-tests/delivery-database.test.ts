import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DatabaseHolder } from './pages/DatabaseHolder';
import { DeliveryTab } from './pages/DeliveryTab';
import { DevDatabase } from './pages/DevDatabase';
import { buildHeadImage, copyLedger } from './pages/LedgerCopy';
import { MigrateForm } from './pages/MigrateForm';
import { PortalApi } from './pages/PortalApi';
import { signInAs } from './pages/signInAs';
import { TaskPage } from './pages/TaskPage';
import { lookAtTab } from './pages/lookAtTab';
import { inBothThemes } from './pages/themes';

/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };

const migrations = 'src/ledger/sql/migrations';
const file = `${migrations}/0016_rates.sql`;
/** Line 9 is what is checked. */
const rates = (
  check: string,
) => `-- The rates that amounts in other currencies are shown with.
--
-- An amount that was booked before its account was opened would be shown
-- with the rate of a day that nobody knows. There are none in a ledger
-- that is whole; where there are some, somebody has to decide what they
-- are worth before anything is shown at all.
--
-- What is not there:
-- dojo:assert ${check}
CREATE TABLE rates (
  currency VARCHAR PRIMARY KEY,
  of_euro DECIMAL(18, 6) NOT NULL
);
`;
const badCheck = 'SELECT id FROM transactions WHERE id <= 3';
const goodCheck = 'SELECT id FROM transactions WHERE id < 0';
const failed =
  'dev: 0016_rates.sql line 9 failed its check: 3 rows. The database is unchanged, at 0015.';

/** Holds after some seconds, in a run alone. */
const slowCheck =
  '-- dojo:assert SELECT sum(hash(a.range + b.range)) IS NOT NULL FROM range(20000) a, range(20000) b';

test.describe('the database of an environment', () => {
  test('stays as it was where a migration fails, and comes back from a backup', async ({
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(600_000);
    await signInAs(page, 'owner');
    const books = copyLedger('books');
    const database = new DevDatabase('books');
    const component = 'component:default/books';
    const api = new PortalApi(baseURL!, 'owner');
    const tab = new DeliveryTab(page);
    const form = new MigrateForm(page);
    const task = new TaskPage(page);
    const level = () =>
      database.sql('SELECT max(id) FROM applied_migrations').flat().join();
    const pages = await browser.newContext();

    await test.step('dev has 0.4.0 and database 0015; 0.5.0 brings a migration', async () => {
      await api.forgeHas('books');
      expect(await api.release(component)).toBe('0.4.0');
      await api.migrate({ component, environment: 'dev', version: '0.4.0' });
      await api.deploy({
        component,
        environment: 'dev',
        version: 'v0.4.0',
        storage: { size: '1Gi' },
      });
      books.put('feat: rates of other currencies', { [file]: rates(badCheck) });
      buildHeadImage('books');
      expect(await api.release(component)).toBe('0.5.0');
      expect(level()).toBe('0015_integrity');
    });

    await test.step('somebody has the database open: that is said, with the process', async () => {
      await tab.open('books');
      await expect(tab.stage('dev')).toContainText('Database 0015', read);
      const link = await tab.verb('Migrate dev to 0.5.0…').getAttribute('href');
      const holder = await DatabaseHolder.open(database.file);
      try {
        await page.goto(link!);
        await form.button('Next').click();
        await expect(
          form
            .text(
              `dev database is in use (process ${holder.pid}). Nothing was changed.`,
            )
            .last(),
        ).toBeVisible();
        await expect(
          form.text('Stop the service, or try again.'),
        ).toBeVisible();
        await expect(form.button('Confirm')).toBeDisabled();
      } finally {
        await holder.close();
      }
      await form.button('Retry').click();
    });

    await test.step('the review says what is not rehearsed; rehearsed, the bad file holds it back', async () => {
      await expect(
        form.headline('Migrate books on dev to 0.5.0 (0015 -> 0016)'),
      ).toBeVisible();
      await expect(form.button('Confirm')).toBeEnabled();
      await form.button('Not rehearsed. Rehearse first?').click();
      await expect(
        form.text('Rehearsal failed at 0016_rates.sql line 9: 3 rows.').last(),
      ).toBeVisible();
      await expect(form.button('Confirm')).toBeDisabled();
      await expectAccessible(page, form.review);
    });

    await test.step('run all the same, it fails: task and tab say the same', async () => {
      const watched = await pages.newPage();
      const watching = new DeliveryTab(watched);
      await watching.open('books');
      await expect(watching.stage('dev')).toContainText('Database 0015', read);
      await page.reload();
      await form.button('Next').click();
      await expect(
        form.headline('Migrate books on dev to 0.5.0 (0015 -> 0016)'),
      ).toBeVisible();
      await form.button('Confirm').click();
      await form.button('Migrate').click();
      await task.opened();
      await expect(task.text(failed)).toBeVisible();
      await expect(
        task.text('Change the migration and release it again.'),
      ).toBeVisible();
      await expect(watching.text(failed)).toBeVisible(read);
      await expect(
        watching.text('Change the migration and release it again.'),
      ).toBeVisible();
      expect(level()).toBe('0015_integrity');
      await lookAtTab(browser, watched, {
        user: 'guest',
        name: 'books',
        says: failed,
        picture: 'delivery-migration-failed',
      });
    });

    await test.step('0.5.1 mends the file, and migrates dev', async () => {
      books.put('fix: rates of what is booked', { [file]: rates(goodCheck) });
      buildHeadImage('books');
      expect(await api.release(component)).toBe('0.5.1');
      await tab.open('books');
      await tab.verb('Migrate dev to 0.5.1…').click();
      await form.button('Next').click();
      await expect(
        form.headline('Migrate books on dev to 0.5.1 (0015 -> 0016)'),
      ).toBeVisible();
      await form.button('Confirm').click();
      await form.button('Migrate').click();
      await task.opened();
      await task.link('Back to books').click();
      await tab.open('books');
      await expect(tab.stage('dev')).toContainText('Database 0016', read);
      // The history keeps it.
      await expect(tab.attention(failed)).toHaveCount(0);
      expect(level()).toBe('0016_rates');
      database.sql(
        `INSERT INTO transactions (id, account_id, booked_on, amount_minor)
           SELECT 900000 + range, 1, DATE '2026-11-30', 100 FROM range(14)`,
        'CHECKPOINT',
      );
    });

    await test.step('a restore says what is lost with it', async () => {
      const restoring = new MigrateForm(page, 'restore-backup');
      await tab.stage('dev').getByText('More', { exact: true }).click();
      await tab.verb('Restore a backup…').click();
      await restoring.chooseBackup(/^today \d\d:\d\d · 0015 · [\d.]+ MB$/);
      await expectAccessible(page, restoring.backups);
      await restoring.button('Next').click();
      await expect(
        restoring.headline(
          /^Restore dev database from the backup of \d\d:\d\d \(0016 -> 0015\)$/,
        ),
      ).toBeVisible();
      await expect(
        restoring.text('Lost with it: 14 rows of transactions written since.'),
      ).toBeVisible();
      await expect(
        restoring.text('The current database is kept as a pre-restore copy.'),
      ).toBeVisible();
      await inBothThemes(browser, async themed => {
        await themed.page.goto(page.url());
        const seen = new MigrateForm(themed.page, 'restore-backup');
        await seen.button('Next').click();
        await expect(
          seen.text('Lost with it: 14 rows of transactions written since.'),
        ).toBeVisible();
        await expectAccessible(themed.page, seen.review);
      });
      const watched = await pages.newPage();
      const watching = new DeliveryTab(watched);
      await watching.open('books');
      await expect(watching.stage('dev')).toContainText('Database 0016', read);
      await restoring.button('Confirm').click();
      await restoring.button('Restore').click();
      await task.opened();
      await expect(task.text('dev database restored to 0015.')).toBeVisible();
      await expect(watching.announcement).toContainText(
        'dev database restored to 0015.',
        read,
      );
      expect(level()).toBe('0015_integrity');
      expect(
        database.sql('SELECT count(*) FROM transactions WHERE id >= 900000'),
      ).toEqual([['0']]);
    });

    await test.step('what is pending holds the deployment back, and all three are in the history', async () => {
      await tab.open('books');
      const dev = tab.stage('dev');
      await expect(dev).toContainText(
        'Database 0015, 0.5.1 needs 0016: 1 migration pending',
        read,
      );
      await expect(dev).toContainText(
        'Migrate dev first (1 pending), or choose Migrate and deploy.',
      );
      await expect(tab.verb('Deploy 0.5.1 to dev…')).toBeHidden();
      for (const sentence of [
        failed,
        /^dev database migrated 0015 -> 0016: 1 migration/,
        /^dev database restored to 0015/,
      ]) {
        await expect(tab.entry(sentence)).toHaveCount(1);
      }
    });
    await pages.close();
  });

  test('is migrated once where two press at once, and the second says who was first', async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(360_000);
    const database = new DevDatabase('pockets');
    const component = 'component:default/pockets';
    const api = new PortalApi(baseURL!, 'owner');
    copyLedger('pockets').put('feat: pockets', {
      [`${migrations}/0016_pockets.sql`]: `${slowCheck}\nCREATE TABLE pockets (id BIGINT PRIMARY KEY);\n`,
    });
    buildHeadImage('pockets');
    await api.forgeHas('pockets');
    expect(await api.release(component)).toBe('0.4.0');

    const [owner, guest] = await Promise.all(
      (['owner', 'guest'] as const).map(async user => {
        const context = await browser.newContext();
        await signInAs(context, user);
        const page = await context.newPage();
        const form = new MigrateForm(page);
        await form.open(component, { environment: 'dev', version: '0.4.0' });
        await form.button('Next').click();
        await expect(form.headline(/^Migrate pockets on dev/)).toBeVisible();
        await form.button('Confirm').click();
        const watching = new DeliveryTab(await context.newPage());
        await watching.openFollowed('pockets');
        // A reading that found a form's plan at the database comes again after its interval.
        await expect(watching.stage('dev')).toContainText('Database 00', {
          timeout: 150_000,
        });
        return { context, form, task: new TaskPage(page), watching };
      }),
    );
    await owner.form.button('Migrate').click();
    await owner.task.opened();
    const running =
      /dev database is being migrated by owner since (?:\d+ \w{3} )?\d\d:\d\d\./;
    await expect(guest.watching.text(running)).toBeVisible(read);
    await guest.form.button('Migrate').click();
    await guest.task.opened();
    await expect(
      guest.task.text('Already at 0016; nothing was done.'),
    ).toBeVisible({ timeout: 60_000 });
    // Its log, which is folded while it runs, says why it waited.
    await expect(guest.task.logLine(running)).toBeVisible();
    await expect(owner.task.text(/0016_pockets/)).toBeVisible();
    expect(
      database.sql(
        "SELECT count(*) FROM applied_migrations WHERE id = '0016_pockets'",
      ),
    ).toEqual([['1']]);
    await Promise.all([owner, guest].map(({ context }) => context.close()));
  });
});
