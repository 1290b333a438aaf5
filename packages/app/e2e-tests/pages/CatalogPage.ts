import type { Page } from '@playwright/test';

/** The catalog, to which the portal's front page leads. */
export class CatalogPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open() {
    await this.#page.goto('/');
  }

  component(title: string) {
    return this.#page.getByRole('link', { name: title, exact: true });
  }
}
