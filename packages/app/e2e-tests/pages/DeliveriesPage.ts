import type { Page } from '@playwright/test';

/** The page of all components with their environments. */
export class DeliveriesPage {
  /** All that is ours of the page. */
  readonly all = '[data-testid="dojo-deliveries"]';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** @param query - Of the address, from its question mark on. */
  async open(query = '') {
    await this.#page.goto(`/deliveries${query}`);
  }

  get page() {
    return this.#page.locator(this.all);
  }

  text(text: string | RegExp) {
    return this.page.getByText(text).first();
  }

  /** The rows of the table, without its head. */
  get rows() {
    return this.page
      .getByRole('row')
      .filter({ has: this.#page.getByRole('link') });
  }

  row(name: string) {
    return this.rows.filter({ has: this.link(name) });
  }

  /** Leads to the component, at what needs somebody there. */
  link(name: string) {
    return this.#page.getByRole('link', { name, exact: true });
  }

  /** Chooses in one of the lists above the rows. */
  async choose(filter: string, choice: string) {
    await this.page
      .getByRole('button', { name: new RegExp(`${filter}$`) })
      .click();
    await this.#page.getByRole('option', { name: choice, exact: true }).click();
  }
}
