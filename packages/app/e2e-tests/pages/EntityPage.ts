import type { Page } from '@playwright/test';

/** The page of one component. */
export class EntityPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens it by its address, as a bookmark does. */
  async open(name: string) {
    await this.#page.goto(`/catalog/default/component/${name}`);
  }

  heading(title: string) {
    return this.#page.getByRole('heading', { name: title, exact: true });
  }

  async openMenu() {
    await this.#page.getByRole('button', { name: 'more' }).click();
  }

  /** An item of the page's menu. */
  menuItem(name: string) {
    return this.#page.getByRole('menuitem', { name, exact: true });
  }

  /** Chooses an item of the page's menu. */
  async choose(item: string) {
    await this.openMenu();
    await this.menuItem(item).click();
  }
}
