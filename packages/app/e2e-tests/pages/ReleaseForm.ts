import type { Page } from '@playwright/test';

/** The form of the release template, from the component to the last confirmation. */
export class ReleaseForm {
  /** What the review shows, in each of its states. */
  readonly review = 'section[aria-label="Release plan"]';

  constructor(private readonly page: Page) {}

  /** Opens it filled in, as the entity page's menu does. */
  async open(component: string) {
    const formData = encodeURIComponent(JSON.stringify({ component }));
    await this.page.goto(
      `/create/templates/default/release?formData=${formData}`,
    );
  }

  get component() {
    return this.page.getByRole('textbox', { name: 'Component' });
  }

  button(name: 'Back' | 'Next' | 'Confirm' | 'Release') {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Headline of the plan. */
  headline(text: string | RegExp) {
    return this.page.getByRole('heading', { level: 3, name: text });
  }

  /** The row of the commit with this subject. */
  commit(subject: string) {
    return this.page
      .locator(this.review)
      .getByRole('row')
      .filter({ hasText: subject });
  }

  section(title: string) {
    return this.page.getByRole('article', { name: title, exact: true });
  }

  file(path: string) {
    return this.page.getByRole('figure').filter({ hasText: path });
  }

  text(text: string | RegExp) {
    return this.page.locator(this.review).getByText(text);
  }

  /** Why the form does not go on. */
  get problem() {
    return this.page.getByRole('listitem').filter({ hasText: "'The plan'" });
  }
}
