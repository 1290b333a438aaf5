import { expect, test } from '@playwright/test';
import { expectAccessible } from './pages/accessibility';
import { DeliveryTab } from './pages/DeliveryTab';
import { DeployForm } from './pages/DeployForm';
import { ForgeRepository } from './pages/ForgeRepository';
import { buildHeadImage, copyLedger } from './pages/LedgerCopy';
import { InfraRepository } from './pages/InfraRepository';
import { PortalApi } from './pages/PortalApi';
import { ReleaseForm } from './pages/ReleaseForm';
import { ShipForm } from './pages/ShipForm';
import { signInAs } from './pages/signInAs';
import { TaskPage } from './pages/TaskPage';

/** Longer than it takes until each source was read once, or a plan was computed on a busy machine. */
const read = { timeout: 45_000 };
const breaks =
  'GET /accounts answers objects with name, kind and currency instead of names.';

test('a breaking release is shipped to dev, and stopped where main moved since its review', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const repository = copyLedger('annals');
  const api = new PortalApi(baseURL!, 'owner');
  await api.forgeHas('annals');
  await api.catalogHas('template/default/ship');
  await api.deploy({
    component: 'component:default/annals',
    environment: 'dev',
    version: 'v0.2.0',
    storage: { size: '1Gi' },
  });
  await signInAs(page, 'owner');
  const tab = new DeliveryTab(page);
  const form = new ShipForm(page);
  const task = new TaskPage(page);

  await test.step('the tab says what waits, and why it is a minor bump', async () => {
    await tab.open('annals');
    const unreleased = tab.stage('Unreleased');
    await expect(unreleased).toContainText('12 commits', read);
    await expect(unreleased).toContainText('Breaking');
    await expect(unreleased).toContainText(
      'Minor bump (0.3.0 -> 0.4.0): breaking change before 1.0.0',
    );
    const commits = await tab.waitingCommits();
    const subjects = commits.map(
      text => /(?:feat|fix|perf)[^:]*/.exec(text)?.[0],
    );
    expect(subjects.slice(0, 6)).toEqual([
      'feat(api)!',
      'feat(tags)',
      'feat(reconciliation)',
      'fix(api)',
      'perf(reports)',
      'fix(transfers)',
    ]);
    await expect(unreleased.getByText('6 do not count')).toBeVisible();
  });

  await test.step('the review says it in the order of what matters', async () => {
    await tab.verb('Ship 0.4.0 to dev…').click();
    await expect(form.environment('dev')).toBeChecked();
    await form.button('Next').click();
    await expect(form.headline('Ship annals 0.4.0 to dev')).toBeVisible(read);
    // Two fewer than on a forge that has releases and an image with a moving tag.
    await expect(form.effects).toHaveCount(6);
    await expect(form.breaking).toContainText(breaks);
    await expect(
      form.headline(
        'Migrate dev database 0013 -> 0015 (2 migrations, all or nothing)',
      ),
    ).toBeVisible(read);
    await expect(
      form.text('Back up the current database (keeps the last 3)').first(),
    ).toBeVisible();
    const heights = await Promise.all(
      [
        form.effects.first(),
        form.breaking,
        form.headline(/^Migrate dev database/),
        form.file('annals/dev/kustomization.yaml'),
        form.commit('feat(api)!: accounts are objects (#38)'),
      ].map(async part => (await part.boundingBox())?.y ?? NaN),
    );
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    await expect(form.file('CHANGELOG.md')).toBeHidden();
    await expectAccessible(page, form.review);
  });

  await test.step('a commit pushed since then stops it before its first effect', async () => {
    await form.button('Confirm').click();
    const reviewed = repository.git('rev-parse', 'main');
    const pushed = repository.commit('docs: how accounts are listed');
    const head = new InfraRepository().head();
    await form.button('Ship').click();
    await task.opened();
    await expect(
      task.text(
        `main moved from ${reviewed.slice(0, 7)} to ${pushed.slice(
          0,
          7,
        )} since your review. Nothing was changed.`,
      ),
    ).toBeVisible();
    expect(repository.tags()).not.toContain('v0.4.0');
    expect(new InfraRepository().head()).toBe(head);
  });

  await test.step('reviewed again, with the same choices, the new plan says what is new in it', async () => {
    buildHeadImage('annals');
    await task.reviewAgain.click();
    await expect(form.environment('dev')).toBeChecked();
    await form.button('Next').click();
    await expect(form.headline('Ship annals 0.4.0 to dev')).toBeVisible(read);
    await expect(form.commit('docs: how accounts are listed')).toContainText(
      'New since your last review',
    );
    await expect(
      form.commit('feat(tags): tag transactions (#32)'),
    ).not.toContainText('New since your last review');
  });

  await test.step('the task has a line for each part, and the tab says what came of it', async () => {
    await form.button('Confirm').click();
    await form.button('Ship').click();
    await task.opened();
    const address = new URL(page.url()).pathname;
    await expect(task.steps).toHaveCount(4);
    await expect(task.text(/annals 0.4.0 was released/)).toBeVisible({
      timeout: 90_000,
    });
    await expect(
      task.text(/Writes were blocked for \d+\.\d s\./),
    ).toBeVisible();
    expect(await api.log(address)).toMatch(/0014_reconciliation 1 of 2: /);
    await task.link('Back to annals').click();
    await tab.choose();
    await expect(tab.announcement).toContainText(
      '0.4.0 released, dev database migrated 0013 -> 0015, 0.4.0 committed to dev.',
      read,
    );
    const dev = tab.stage('dev');
    await expect(dev).toContainText('0.4.0');
    await expect(dev).toContainText('Database 0015');
    await expect(dev).toContainText('Not observed: dev has no cluster');
    await expect(tab.stage('Unreleased')).toContainText(
      'No commits since 0.4.0.',
    );
    // Beside those of what was there before, and of the run that was stopped.
    await expect(
      tab.history
        .getByRole('link', { name: 'Task' })
        .and(page.locator(`[href="${address}"]`)),
    ).toHaveCount(3);
  });
});

test('what others change since a review is said, and marked in the next one', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const component = 'component:default/tills';
  copyLedger('tills');
  const api = new PortalApi(baseURL!, 'owner');
  const infra = new InfraRepository();
  await api.forgeHas('tills');
  await api.catalogHas('template/default/deploy');
  await api.deploy({
    component,
    environment: 'dev',
    version: 'v0.2.0',
    storage: { size: '1Gi' },
  });
  await api.migrate({ component, environment: 'dev', version: '0.3.0' });
  await signInAs(page, 'owner');
  const form = new DeployForm(page);
  const task = new TaskPage(page);
  const overlay = 'tills/dev/kustomization.yaml';
  const to = { environment: 'dev', intent: 'version' };

  await test.step('Back from the review keeps what was typed', async () => {
    await form.open(component, { ...to, version: 'v0.3.0' });
    await expect(form.environment('dev')).toBeChecked();
    await form.chooseVersion(/v0\.3\.0/, 'v0.2.0');
    await form.button('Next').click();
    await expect(form.headline(/tills/)).toBeVisible(read);
    await page.goBack();
    await expect(form.chosen(/v0\.2\.0/)).toBeVisible();
    await form.chooseVersion(/v0\.2\.0/, /^v0\.3\.0/);
    await form.button('Next').click();
    await expect(form.headline(/^Deploy tills v0\.3\.0 to dev/)).toBeVisible(
      read,
    );
  });

  await test.step('Reload on Confirm begins at the first page, with the values of the link', async () => {
    await form.button('Confirm').click();
    await expect(form.confirmed('What happens')).toBeVisible();
    await page.reload();
    await expect(form.environment('dev')).toBeChecked();
    await expect(form.chosen(/v0\.3\.0/)).toBeVisible();
    await form.button('Next').click();
    await expect(form.headline(/^Deploy tills v0\.3\.0 to dev/)).toBeVisible(
      read,
    );
  });

  await test.step('somebody pushes to the overlay: nothing is changed', async () => {
    await form.button('Confirm').click();
    const pushed = infra.comment(overlay, '# what the bank has confirmed');
    await form.button('Deploy').click();
    await task.opened();
    await expect(
      task.text(
        `The overlay of dev changed since your review (commit ${pushed.slice(
          0,
          7,
        )} by Ada). Nothing was changed.`,
      ),
    ).toBeVisible(read);
    expect(infra.head()).toBe(pushed);
  });

  await test.step('the new review marks what is new, and runs', async () => {
    await task.reviewAgain.click();
    await expect(form.environment('dev')).toBeChecked();
    await form.button('Next').click();
    await expect(form.headline(/^Deploy tills v0\.3\.0 to dev/)).toBeVisible(
      read,
    );
    await expect(
      page.getByText('The plan changed since your last review'),
    ).toBeVisible();
    await expect(
      form.text(/^The overlay of dev was changed by commit/),
    ).toContainText('New since your last review');
    await expectAccessible(page, form.review);
    await form.button('Confirm').click();
    await form.button('Deploy').click();
    await task.opened();
    await expect(
      task.text(/tills v0\.3\.0 is in the overlay of dev/),
    ).toBeVisible(read);
  });

  await test.step('ids that are none are named, and nothing is chosen instead', async () => {
    await form.open(component, { ...to, environment: 'prod' });
    await expect(
      page.getByText('prod is not an environment here.'),
    ).toBeVisible();
    await expect(
      page.getByText('Configured: dev, staging, production.'),
    ).toBeVisible();
    await expect(form.chosen(/v0\.3\.0/)).toBeVisible();
    await form.button('Next').click();
    await expect(
      page.getByText(
        "'Environment' is not a configured environment: choose one that is.",
      ),
    ).toBeVisible();
    await form.open(component, { ...to, version: '9.9.9' });
    await expect(
      page.getByText('tills has no release 9.9.9. Latest: 0.3.0.'),
    ).toBeVisible();
    await form.button('Next').click();
    await expect(
      page.getByText(
        "'Version' is not a release of this component: choose one that is.",
      ),
    ).toBeVisible();
    await expect(form.headline(/tills/)).toHaveCount(0);
  });
});

test('two who press Release at once make one release', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const component = 'component:default/vaults';
  const repository = copyLedger('vaults');
  const api = new PortalApi(baseURL!);
  await api.forgeHas('vaults');
  await api.catalogHas('template/default/release');
  const people = await Promise.all(
    (['owner', 'guest'] as const).map(async name => {
      const context = await browser.newContext({ baseURL });
      await signInAs(context, name);
      const page = await context.newPage();
      const form = new ReleaseForm(page);
      await form.open(component);
      await form.button('Next').click();
      await expect(form.headline('Release vaults 0.4.0')).toBeVisible(read);
      await form.button('Confirm').click();
      return { page, form, task: new TaskPage(page), context };
    }),
  );
  const [owner, guest] = people;
  const watching = await guest.context.newPage();
  const tab = new DeliveryTab(watching);
  await tab.open('vaults');
  await expect(tab.verb('Release 0.4.0…')).toBeVisible(read);
  // As on a forge whose checks take their time: the push of the first one is not answered yet.
  const hold = repository.holdPushes();

  await test.step('while it runs, every tab says so, and Release is held back with that sentence', async () => {
    await owner.form.button('Release').click();
    await owner.task.opened();
    await expect(tab.running).toContainText(
      /Release 0\.4\.0 is running, started by owner (?:just now|\d+ (?:s|min) ago)/,
      read,
    );
    await guest.form.button('Release').click();
    await guest.task.opened();
    await expect(tab.blocked('Release 0.4.0…')).toBeDisabled();
    await expect(
      tab.text('Release 0.4.0 is running, started by owner'),
    ).toBeVisible();
    await expect(
      tab.running.getByRole('link', { name: 'Open task' }).first(),
    ).toHaveAttribute('href', new URL(owner.page.url()).pathname);
  });

  await test.step('one task does it; the other finds it done', async () => {
    hold.end();
    await expect(
      owner.task.text(/vaults 0\.4\.0 was released: tag/),
    ).toBeVisible(read);
    await expect(
      guest.task.text(
        '0.4.0 was released by an earlier run; nothing was done.',
      ),
    ).toBeVisible(read);
    expect(repository.tags().filter(tag => tag === 'v0.4.0')).toHaveLength(1);
    const changelog = repository.git('show', 'main:CHANGELOG.md');
    expect(changelog.match(/^## 0\.4\.0 /gm)).toHaveLength(1);
    await expect(tab.stage('Latest release')).toContainText('0.4.0', read);
  });
  await Promise.all(people.map(({ context }) => context.close()));
});

test('a first release that is pressed once more finds it done', async ({
  context,
  page,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const component = 'component:default/stamps';
  const repository = ForgeRepository.make({
    name: 'stamps',
    owner: 'group:default/accounting',
    commits: ['feat: keep a stamp', 'fix: a stamp without a date'],
  });
  await new PortalApi(baseURL!).forgeHas('stamps');
  const [first, second] = await Promise.all(
    [page, await context.newPage()].map(async each => {
      const form = new ReleaseForm(each);
      await form.open(component);
      await form.button('Next').click();
      await expect(form.headline('Release stamps 0.1.0')).toBeVisible(read);
      await form.button('Confirm').click();
      return { form, task: new TaskPage(each) };
    }),
  );
  await first.form.button('Release').click();
  await expect(first.task.text(/stamps 0\.1\.0 was released: tag/)).toBeVisible(
    read,
  );
  const tag = repository.git('rev-parse', 'v0.1.0');

  await second.form.button('Release').click();
  await expect(
    second.task.text('0.1.0 was released by an earlier run; nothing was done.'),
  ).toBeVisible(read);
  expect(repository.git('rev-parse', 'v0.1.0')).toBe(tag);
  expect(repository.tags()).toEqual(['v0.1.0']);
  const changelog = repository.git('show', 'main:CHANGELOG.md');
  expect(changelog.match(/^## 0\.1\.0 /gm)).toHaveLength(1);
});
