import type { Locator, Page } from '@playwright/test';

/** The page of all components with their environments. */
export class DeliveriesPage {
  /** All that is ours of the page. */
  readonly all = '[data-testid="dojo-deliveries"]';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** @param query - of the address, from its question mark on */
  async open(query = '') {
    await this.#page.goto(`/deliveries${query}`);
  }

  get page(): Locator {
    return this.#page.locator(this.all);
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text).first();
  }

  /** The rows of the table, or the cards where it is narrow; the head is none of them. */
  get rows(): Locator {
    return this.page
      .getByRole('list', { name: 'Deliveries' })
      .getByRole('listitem')
      .or(this.page.getByRole('row').filter({ has: this.#page.locator('td') }));
  }

  row(name: string): Locator {
    return this.rows.filter({
      has: this.#page.getByRole('link', { name, exact: true }),
    });
  }

  /** The column of an environment, by its head. */
  column(environment: string): Locator {
    return this.page.getByRole('columnheader', {
      name: environment,
      exact: true,
    });
  }

  /** Leads to the component, at what needs somebody there. */
  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', {
      name: 'Name, version or commit',
    });
  }

  /** One of the lists above the rows, which something is chosen from. */
  choice(name: RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Chooses in one of them. */
  async choose(filter: string, choice: string) {
    await this.choice(new RegExp(`${filter}$`)).click();
    await this.#page.getByRole('option', { name: choice, exact: true }).click();
  }

  get nextPage(): Locator {
    return this.page.getByRole('button', { name: 'Next table page' });
  }
}
