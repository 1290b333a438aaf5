import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
// One file of the test beds, without all else that they load: clusters, registries, forges.
/* eslint-disable @backstage/no-relative-monorepo-imports */
import {
  type GitServer,
  startGitServer,
} from '../../../testing/src/git/start-git-server';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { expectAccessible } from '../pages/accessibility';
import { enterAsGuest } from '../pages/AdopterPortal';
import { adopterTest as test } from '../pages/adopterTest';
import { DeliveriesPage } from '../pages/DeliveriesPage';
import { DeliveryTab } from '../pages/DeliveryTab';
import {
  configOfFirstMinute,
  fileOfFirstMinute,
  makeRepository,
  writeEntities,
} from '../pages/firstMinute';

/** A file is read by the catalog, and a source by the index, some time after the start; on busy cores. */
const read = { timeout: 90_000 };
/** Starting the portal anew, on busy cores. */
const longest = 600_000;

const entitiesOf = (forge: string, annotationsOfPlain = '') => [
  { name: 'plain', annotations: annotationsOfPlain },
  {
    name: 'asks',
    annotations: `  annotations:
    backstage.io/source-location: url:${forge}/acme/asks
`,
  },
  {
    name: 'halves',
    annotations: `  annotations:
    dojo/repository: file:plain.git
    dojo/image: registry.example/acme/halves
`,
  },
];

/** Opens the tab of a component that the catalog takes in meanwhile. */
async function openTab(page: Page, name: string) {
  const tab = new DeliveryTab(page);
  await expect(async () => {
    await tab.open(name);
    await expect(tab.page).toBeVisible({ timeout: 20_000 });
  }).toPass({ timeout: 120_000 });
  return tab;
}

const asked = test.extend<{ git: GitServer }>({
  // Playwright reads from the pattern which fixtures are needed: none.
  // eslint-disable-next-line no-empty-pattern
  git: async ({}, provide) => {
    const root = mkdtempSync(join(tmpdir(), 'first-minute-'));
    const git = await startGitServer({ root, authorization: 'Basic hidden' });
    await provide(git);
    await git.close();
    rmSync(root, { recursive: true });
  },
  settings: async ({ adopter, git }, provide) => {
    makeRepository(adopter, 'plain');
    writeEntities(adopter, entitiesOf(git.url));
    await provide({ config: configOfFirstMinute(git.url) });
  },
});

test.describe('the first minute of an adopter', () => {
  asked(
    'a tab says what is missing, and where it is added',
    async ({ page, adopter, git }) => {
      asked.setTimeout(longest);
      const { host } = new URL(git.url);
      await enterAsGuest(page);

      await test.step('of a repository whose host wants a token: the host, and everything that needs no forge', async () => {
        const tab = await openTab(page, 'asks');
        await expect(tab.page).toContainText(
          `${host} refuses: no token for this host. Add it under integrations.`,
          read,
        );
        for (const stage of ['dev', 'production']) {
          await expect(tab.stage(stage)).toContainText('No overlay yet', read);
        }
        for (const part of ['History', 'Measures of production']) {
          await expect(
            tab.page.getByRole('heading', { name: part }),
          ).toBeVisible();
        }
        await expectAccessible(page, tab.all);
      });

      await test.step('of half of the credentials of a registry: the key, while all else works', async () => {
        const tab = await openTab(page, 'halves');
        await expect(tab.page).toContainText(
          'dojo.registries.0.password is missing: registry.example is not asked with half of its credentials.',
          read,
        );
        await expect(tab.stage('Unreleased')).toContainText('1 commit', read);
      });

      await test.step('of a component without a repository: the lines, and their file', async () => {
        const tab = await openTab(page, 'plain');
        await expect(tab.text('This component has no repository.')).toBeVisible(
          read,
        );
        await expect(tab.page).toContainText(
          `Add these lines below metadata in ${fileOfFirstMinute(adopter)}:`,
        );
        await expectAccessible(page, tab.all);

        const lines = await tab.page.locator('pre').innerText();
        expect(lines.trimEnd().split('\n')).toEqual([
          'annotations:',
          '  dojo/repository: file:plain.git',
        ]);
        const added = lines.replace(/^(?=.)/gm, '  ');
        writeEntities(adopter, entitiesOf(git.url, added));
      });

      await test.step('the tab changes once the entity is refreshed', async () => {
        const tab = new DeliveryTab(page);
        await page.goto('/catalog/default/component/plain');
        await page.getByTitle('Schedule entity refresh').click();
        await tab.choose();
        await expect(tab.stage('Unreleased')).toContainText('1 commit', read);
        await expect(tab.stage('Unreleased')).toContainText(
          'First release: 0.1.0',
        );
      });
    },
  );

  test.describe('without an environment', () => {
    test.use({ settings: { config: { dojo: { environments: [] } } } });

    test('it shows releases, and no empty column', async ({ page }) => {
      test.setTimeout(longest);
      await enterAsGuest(page);
      const tab = await openTab(page, 'ledger');
      await expect(tab.text('No environments are configured.')).toBeVisible(
        read,
      );
      await expect(tab.large('Latest release')).toContainText(/^0\./, read);
      await expect(
        tab.page
          .getByRole('list', { name: 'Where every version is' })
          .locator('> li'),
      ).toHaveCount(2);
      await expect(tab.page.getByRole('heading', { name: 'dev' })).toHaveCount(
        0,
      );
      await expectAccessible(page, tab.all);

      const list = new DeliveriesPage(page);
      await list.open();
      await expect(list.link('Ledger')).toBeVisible(read);
      await expect(list.page.getByRole('columnheader')).toHaveText([
        'Component',
        'Owner',
        'Unreleased',
      ]);
    });
  });

  test.describe('without the plugin of the backend', () => {
    test.use({ settings: { withoutBackend: true } });

    test('it asks whether that is added, and again on Retry', async ({
      page,
    }) => {
      test.setTimeout(longest);
      await enterAsGuest(page);
      const tab = await openTab(page, 'ledger');
      await expect(
        tab.text('The Dojo backend does not answer. Is the plugin added?'),
      ).toBeVisible(read);
      await expectAccessible(page, tab.all);

      await page.route('**/api/dojo/**/delivery', route =>
        route.fulfill({
          json: {
            kind: 'not-set-up',
            missing: ['repository'],
            yaml: 'annotations:\n  dojo/repository: file:plain.git\n',
          },
        }),
      );
      await tab.page.getByRole('button', { name: 'Retry' }).click();
      await expect(tab.text('This component has no repository.')).toBeVisible();
    });
  });
});
