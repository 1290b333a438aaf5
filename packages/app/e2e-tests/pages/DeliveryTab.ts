import { expect, type Page } from '@playwright/test';

/** The Delivery tab of a component's page. */
export class DeliveryTab {
  /** All that is ours of the page. */
  readonly all = '[data-dojo="delivery"]';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(name: string) {
    await this.#page.goto(`/catalog/default/component/${name}/delivery`);
  }

  /**
   * Opens it, and waits until it is told of changes: the first connection to a backend that has just started takes longer than
   * the client of signals waits, which tries again five seconds later.
   */
  async openFollowed(name: string) {
    let isFollowed = false;
    this.#page.on('websocket', socket =>
      socket.on('framesent', ({ payload }) => {
        const { action, channel } = JSON.parse(String(payload));
        isFollowed ||=
          action === 'subscribe' && channel.startsWith('dojo:delivery:');
      }),
    );
    await this.open(name);
    await expect.poll(() => isFollowed, { timeout: 60_000 }).toBe(true);
  }

  /** Goes to it from another tab of the component. */
  async choose() {
    await this.#page
      .getByRole('navigation', { name: 'Content navigation' })
      .getByRole('link', { name: 'Delivery', exact: true })
      .click();
  }

  get page() {
    return this.#page.locator(this.all);
  }

  /** A stage of the pipeline: `Unreleased`, `Latest release` or an environment. */
  stage(name: string) {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.#page.getByRole('heading', { name, exact: true }) });
  }

  /** The card of an environment alone, where others are as far from a release and stand below it. */
  card(environment: string) {
    return this.#heading(environment).locator('xpath=..');
  }

  /** What of a stage is large: the version that is there. */
  large(stage: string) {
    return this.#heading(stage).locator('xpath=following-sibling::*[1]');
  }

  /** One of the things that need somebody, by its words. */
  attention(text: string | RegExp) {
    return this.needsAttention.getByRole('listitem').filter({ hasText: text });
  }

  text(text: string | RegExp) {
    return this.page.getByText(text).first();
  }

  /** Something that can be done, as a link to its form. */
  verb(name: string) {
    return this.page.getByRole('link', { name, exact: true }).first();
  }

  get verbs() {
    return this.page.getByRole('link', {
      name: /^(?:Release|Ship|Deploy|Promote|Migrate|Roll back|Set up|Restore|Rebuild) /,
    });
  }

  /** What the page says of a change, without a reload. */
  get announcement() {
    return this.page.getByRole('status').first();
  }

  /** An entry of the history, by its sentence. */
  entry(sentence: string | RegExp) {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.#page.getByText(sentence, { exact: true }) })
      .and(this.#page.locator('[id*=":"]'));
  }

  /** The commits of the first line that waits and count, in their order, those that fold out included. */
  async waitingCommits(): Promise<string[]> {
    const lists = this.stage('Unreleased').getByRole('list', {
      includeHidden: true,
    });
    return lists
      .getByRole('listitem', { includeHidden: true })
      .allTextContents();
  }

  /** A verb that a rule holds back: its button, and the reason below it. */
  blocked(name: string) {
    return this.page.getByRole('button', { name, exact: true }).first();
  }

  /** What runs now. */
  get running() {
    return this.page.getByRole('list', { name: 'Running now' });
  }

  /** Has the sources read again. */
  get refresh() {
    return this.page.getByRole('button', { name: 'Refresh' });
  }

  /** What needs somebody, as a list. */
  get needsAttention() {
    return this.page.getByRole('list', { name: 'Needs attention' });
  }

  /** The stages whose facts are old. */
  get stale() {
    return this.page.locator('[data-stale]');
  }

  get history() {
    return this.page.getByRole('list', { name: 'History' });
  }

  get find() {
    return this.page.getByRole('searchbox', {
      name: 'Find a commit, pull request or version',
    });
  }

  /** Where what was looked for is. */
  get answer() {
    return this.page.getByRole('status').last();
  }

  #heading(stage: string) {
    return this.page.getByRole('heading', { name: stage, exact: true });
  }
}
