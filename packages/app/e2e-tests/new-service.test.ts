import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { EntityPage } from './pages/EntityPage';
import { InfraRepository } from './pages/InfraRepository';
import { NewService } from './pages/NewService';
import { PortalApi } from './pages/PortalApi';
import { ServiceForm } from './pages/ServiceForm';
import { TaskPage } from './pages/TaskPage';
import { inBothThemes, picturedInBothThemes } from './pages/themes';

const owner = 'group:default/accounting';
const promise = 'Creates repository savings.git, 3 overlays and release 0.1.0.';

test.describe('new service', () => {
  let service: NewService | undefined;
  test.beforeAll(async ({ baseURL }) => {
    await new PortalApi(baseURL!).catalogHas(
      'component/default/ledger',
      'group/default/accounting',
      'template/default/dojo-service',
    );
  });
  test.afterEach(async () => {
    await service?.end();
  });

  test('is born shippable: from the form to a page that answers', async ({
    page,
    browser,
  }) => {
    // Python is installed for it, and its own tests are run.
    test.setTimeout(480_000);
    const form = new ServiceForm(page);
    const task = new TaskPage(page);
    const infra = new InfraRepository();

    await test.step('a name that is taken is told at its field, and goes no further', async () => {
      await form.begin({ name: 'ledger', owner });
      await expect(form.field('Name')).toHaveValue('ledger');
      await form.button('Next').click();
      await expect(
        page.getByText('A component named ledger exists already.').first(),
      ).toBeVisible();
      await expect(form.headline(promise)).toHaveCount(0);
    });

    await test.step('the review says what will be made, in three plans', async () => {
      await form.begin({ name: 'savings', owner });
      await form.button('Next').click();
      await form.button('Next').click();
      await expect(form.headline(promise)).toBeVisible();
      for (const part of ['Repository', 'Overlays', 'First release']) {
        await expect(form.section(part)).toContainText(/Plan\s*[0-9a-f]{7,}/);
      }
      await expectAccessible(page, form.review);
      await inBothThemes(browser, async themed => {
        const seen = new ServiceForm(themed.page);
        await seen.begin({ name: 'savings', owner });
        await seen.button('Next').click();
        await seen.button('Next').click();
        await expect(seen.headline(promise)).toBeVisible();
        await expectAccessible(themed.page, seen.review);
        await themed.picture('new-service-review');
      });
    });

    await test.step('one task makes it all', async () => {
      await form.button('Confirm').click();
      await form.button('Create').click();
      await task.opened();
      await expect(task.text('savings 0.1.0 is in dev.')).toBeVisible({
        timeout: 120_000,
      });
      const address = page.url();
      await picturedInBothThemes(browser, async themed => {
        await themed.page.goto(address);
        await expect(
          new TaskPage(themed.page).text('savings 0.1.0 is in dev.'),
        ).toBeVisible();
        await themed.picture('new-service-task');
      });
      await task.link('Open savings').click();
      await expect(new EntityPage(page).heading('Savings')).toBeVisible();
    });

    await test.step('its repository passes its own tests', async () => {
      service = new NewService('savings');
      expect(service.git('tag', '--list')).toBe('v0.1.0');
      const said = service.run('scripts/run-tests', '--skip-e2e', '--coverage');
      expect(said).toMatch(/\d+ passed/);
      expect(said).not.toMatch(/failed|error/);
      expect(service.run('scripts/run-migrations-check')).toBeDefined();
    });

    await test.step('its overlay runs the released commit, and renders', async () => {
      const released = service!.git('rev-parse', 'v0.1.0^{commit}');
      expect(
        infra.git('show', 'HEAD:savings/dev/kustomization.yaml'),
      ).toContain(released);
      expect(
        infra.git('show', 'HEAD:savings/staging/kustomization.yaml'),
      ).not.toContain('?ref=');
      const rendered = service!.render('dev', infra.head());
      expect(rendered).toContain('kind: Deployment');
      expect(rendered).toMatch(/image: .*savings@sha256:[0-9a-f]{64}/);
    });

    await test.step('it starts on the database that was made, and its page is seen', async () => {
      const address = await service!.start('dev');
      await expect(async () => {
        const answer = await fetch(`${address}/readyz`);
        expect(answer.status).toBe(200);
      }).toPass({ timeout: 30_000 });
      await page.goto(address);
      await expect(
        page.getByRole('heading', { name: 'Savings' }),
      ).toBeVisible();
      await expect(page.getByText('There are no accounts yet.')).toBeVisible();
    });
  });
});
