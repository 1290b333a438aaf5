import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { EntityPage } from './pages/EntityPage';
import { tabTo } from './pages/keyboard';
import { LedgerRepository } from './pages/LedgerRepository';
import { ReleaseForm } from './pages/ReleaseForm';
import { TaskPage } from './pages/TaskPage';
import { inBothThemes, type ThemedPage } from './pages/themes';

const ledger = 'component:default/ledger';

/** The review as anybody who opens the form sees it; it breaks no rule of WCAG 2.1 AA. Backstage's own page is not judged. */
async function lookAtReview({ page }: ThemedPage, headline: string) {
  const form = new ReleaseForm(page);
  await form.open(ledger);
  await form.button('Next').click();
  await expect(form.headline(headline)).toBeVisible();
  await expectAccessible(page, form.review);
}

test.describe('release', () => {
  test('goes from the entity page to a tag, and a second one says that there is nothing to release', async ({
    page,
    browser,
  }) => {
    // A whole release, looked at in four more pages.
    test.setTimeout(240_000);
    const repository = new LedgerRepository();
    const form = new ReleaseForm(page);
    const task = new TaskPage(page);
    const base = repository.git('rev-parse', 'main');

    await test.step('the menu opens the form, filled in', async () => {
      const entity = new EntityPage(page);
      await entity.open('ledger');
      await entity.choose('Release');
      await expect(form.component).toHaveValue('Ledger');
      await expect(form.way('Auto → 0.4.0')).toBeChecked();
      await expect(form.way('Major → 1.0.0')).toBeVisible();
      await expectAccessible(page, form.ways);
      await form.button('Next').click();
    });

    await test.step('a version that exists, and one that is far, are told', async () => {
      await form.open(ledger, { bump: 'v0.3.0' });
      await expect(form.field('Version')).toHaveValue('0.3.0');
      await form.button('Next').click();
      await expect(form.text(/^0\.3\.0 already exists/)).toBeVisible();
      await expect(
        form.text('Choose auto (0.4.0) or a higher version.'),
      ).toBeVisible();
      await expect(form.button('Confirm')).toBeDisabled();
      await form.button('Change the choices').click();
      await form.field('Version').fill('99.0.0');
      await form.button('Next').click();
      await expect(
        form.text('99.0.0 skips 1.0.0 … 98.x; the commits call for 0.4.0.'),
      ).toBeVisible();
      await form.open(ledger);
      await form.button('Next').click();
    });

    await test.step('the review says what will be released, and why', async () => {
      await expect(form.headline('Release ledger 0.4.0')).toBeVisible();
      await expect(form.text(base.slice(0, 7)).first()).toBeVisible();
      await expect(form.commit('feat(api)!: accounts are objects')).toHaveText(
        /breaking BREAKING CHANGE footer$/,
      );
      await expect(form.commit('feat(tags): tag transactions')).toHaveText(
        /minor$/,
      );
      await expect(form.commit('fix(api): import Account')).toHaveText(
        /patch$/,
      );
      await expect(form.commit('Tidy up after the demo')).toHaveText(
        /none: not conventional$/,
      );
      await expect(form.commit('Revert "feat(reports)')).toHaveText(
        /none: reverts [0-9a-f]{7}$/,
      );
      await expect(form.section('What will happen')).toContainText(
        'Push the release commit to main and tag v0.4.0 (atomic)',
      );
      await expect(form.section('What will happen')).toContainText(
        'gets the tag 0.4.0',
      );
      await expect(form.section('Release notes')).toContainText(
        'tag transactions',
      );
      await expect(form.file('pyproject.toml')).toHaveText(
        /- version = "0\.3\.0"\s*\+ version = "0\.4\.0"/,
      );
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed, 'Release ledger 0.4.0');
        await themed.picture('release-review');
      });
    });

    await test.step('nothing has been written yet; then it runs', async () => {
      expect(repository.git('rev-parse', 'main')).toBe(base);
      await form.button('Confirm').click();
      await expect(page.getByText('0.4.0', { exact: true })).toBeVisible();
      await form.button('Release').click();
      await task.opened();
      await expect(task.heading('ledger 0.4.0')).toBeVisible();
      await expect(task.logLine(/done: refs main \+ v0\.4\.0/)).toBeVisible();
      const address = page.url();
      await inBothThemes(browser, async themed => {
        await themed.page.goto(address);
        const finished = new TaskPage(themed.page);
        await expect(finished.heading('ledger 0.4.0')).toBeVisible();
        await expect(finished.logLine(/Finished step/)).toBeVisible();
        await themed.picture('release-task');
      });
    });

    await test.step('the link leads back to the component', async () => {
      await task.link('Back to ledger').click();
      await expect(new EntityPage(page).heading('Ledger')).toBeVisible();
    });

    await test.step('git has an annotated tag on main, and one changelog section', async () => {
      expect(repository.git('cat-file', '-t', 'refs/tags/v0.4.0')).toBe('tag');
      expect(repository.git('rev-parse', 'v0.4.0^{commit}')).toBe(
        repository.git('rev-parse', 'main'),
      );
      expect(repository.git('rev-parse', 'main^')).toBe(base);
      const changelog = repository.git('show', 'main:CHANGELOG.md');
      expect(changelog.match(/^## 0\.4\.0 /gm)).toHaveLength(1);
      expect(repository.git('show', 'main:pyproject.toml')).toContain(
        'version = "0.4.0"',
      );
    });

    await test.step('the image of the released commit is 0.4.0', async () => {
      const images = repository.images();
      expect(images.get(base)).toMatch(/^sha256:/);
      expect(images.get('0.4.0')).toBe(images.get(base));
    });

    await test.step('a second release says that there is nothing to release', async () => {
      await form.open(ledger);
      await form.button('Next').click();
      await expect(
        form.headline('Nothing to release for ledger'),
      ).toBeVisible();
      await expect(
        form.text(
          'Nothing to release since 0.4.0: go back to choose a version yourself.',
        ),
      ).toBeVisible();
      await inBothThemes(browser, async themed => {
        await lookAtReview(themed, 'Nothing to release for ledger');
        await themed.picture('release-nothing');
      });
      await expect(form.button('Confirm')).toBeDisabled();
    });
  });

  test('runs what was reviewed, or nothing', async ({ page }) => {
    const repository = new LedgerRepository();
    repository.commit('fix(api): answer an empty list');
    const form = new ReleaseForm(page);
    await form.open(ledger);
    await form.button('Next').click();
    await expect(form.commit('fix(api): answer an empty list')).toBeVisible();
    await form.button('Confirm').click();

    const tags = repository.tags();
    const reviewed = repository.git('rev-parse', 'main');
    const pushed = repository.commit('feat: a push after the review');
    await form.button('Release').click();

    const task = new TaskPage(page);
    await task.opened();
    await expect(
      task.text(
        `main moved from ${reviewed.slice(0, 7)} to ${pushed.slice(
          0,
          7,
        )} since your review. Nothing was changed.`,
      ),
    ).toBeVisible();
    expect(repository.tags()).toEqual(tags);
    expect(repository.git('rev-parse', 'main')).toBe(pushed);
  });

  test('is reviewed by keyboard alone, and shows commit text letter by letter', async ({
    page,
  }) => {
    const hostile =
      'fix: <img src=x onerror=alert(1)> [see](javascript:alert(2)) @ada';
    new LedgerRepository().commit(hostile);
    const dialogs: string[] = [];
    page.on('dialog', dialog => {
      dialogs.push(dialog.message());
      return dialog.dismiss();
    });
    const form = new ReleaseForm(page);
    await form.open(ledger);

    await expect(form.component).toHaveValue('Ledger');
    await tabTo(page, form.button('Next'));
    await page.keyboard.press('Enter');
    await expect(form.headline(/^Release ledger /)).toBeVisible();

    await expect(form.commit(hostile)).toBeVisible();
    await expect(form.section('Release notes')).toContainText(
      '<img src=x onerror=alert(1)> [see](javascript:alert(2))',
    );
    await expect(page.locator(form.review).locator('img')).toHaveCount(0);
    await expect(
      page.locator(form.review).locator('a[href^="javascript"]'),
    ).toHaveCount(0);
    expect(dialogs).toEqual([]);

    await tabTo(page, form.button('Confirm'));
    await page.keyboard.press('Enter');
    await expect(form.button('Release')).toBeVisible();
  });

  test('says in words what a next version looks like', async ({ page }) => {
    const form = new ReleaseForm(page);
    await form.open(ledger);
    await form.choose('Another version');
    await form.field('Version').fill('newest');
    await form.button('Next').click();
    await expect(
      page.getByText(
        "'Next version' must be auto, major, minor, patch, prerelease, or a version such as 2.0.0",
      ),
    ).toBeVisible();
  });
});
