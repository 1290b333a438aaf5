import type { Locator, Page } from '@playwright/test';

/** The page Deliveries. */
export class DeliveriesList {
  /** All that is ours of the page. */
  readonly all = '[data-testid="dojo-deliveries"]';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** @param search - of its address, from the question mark on */
  async open(search = '') {
    await this.#page.goto(`/deliveries${search}`);
  }

  get list(): Locator {
    return this.#page.locator(this.all);
  }

  /** The rows of the table, or the cards where it is narrow; the head is none of them. */
  get rows(): Locator {
    return this.list
      .getByRole('list', { name: 'Deliveries' })
      .getByRole('listitem')
      .or(this.list.getByRole('row').filter({ has: this.#page.locator('td') }));
  }

  component(name: string): Locator {
    return this.list.getByRole('link', { name, exact: true });
  }

  get search(): Locator {
    return this.list.getByRole('searchbox', {
      name: 'Name, version or commit',
    });
  }

  /** One of the choices above the rows. */
  choice(name: RegExp): Locator {
    return this.list.getByRole('button', { name });
  }

  get nextPage(): Locator {
    return this.list.getByRole('button', { name: 'Next table page' });
  }

  text(text: string | RegExp): Locator {
    return this.list.getByText(text);
  }
}
