import type { Page } from '@playwright/test';

/** The portal's front page: the catalog. */
export class CatalogPage {
  constructor(private readonly page: Page) {}

  async open() {
    await this.page.goto('/');
  }

  component(title: string) {
    return this.page.getByRole('link', { name: title, exact: true });
  }
}
