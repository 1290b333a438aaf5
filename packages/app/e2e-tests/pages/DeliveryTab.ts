import type { Page } from '@playwright/test';

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

  get page() {
    return this.#page.locator(this.all);
  }

  /** A stage of the pipeline: `Unreleased`, `Latest release` or an environment. */
  stage(name: string) {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.#page.getByRole('heading', { name, exact: true }) });
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

  get find() {
    return this.page.getByRole('searchbox', {
      name: 'Find a commit, pull request or version',
    });
  }
}
