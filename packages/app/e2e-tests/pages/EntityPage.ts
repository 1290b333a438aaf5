import { expect, type Page } from '@playwright/test';

/** The page of one component. */
export class EntityPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens it by its address, as a bookmark does; again where the portal started so lately that its catalog is empty. */
  async open(name: string) {
    const more = this.#page.getByRole('button', { name: 'more' });
    const missing = this.#page.getByText('Entity not found');
    await expect(async () => {
      await this.#page.goto(`/catalog/default/component/${name}`);
      await more.or(missing).waitFor({ timeout: 20_000 });
      await expect(more).toBeVisible({ timeout: 1 });
    }).toPass({ timeout: 90_000 });
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
