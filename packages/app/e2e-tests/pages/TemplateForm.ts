import type { Page } from '@playwright/test';

/** The form of a template that ends with a review, from its first field to the last confirmation. */
export class TemplateForm {
  /** What the review shows, in each of its states. */
  readonly review: string;

  readonly #template: string;

  constructor(
    protected readonly page: Page,
    template: string,
    reviewLabel: string,
  ) {
    this.#template = template;
    this.review = `section[aria-label="${reviewLabel}"]`;
  }

  /** Opens it filled in, as the entity page's menu does. */
  async open(component: string, more: object = {}) {
    const formData = encodeURIComponent(JSON.stringify({ component, ...more }));
    await this.page.goto(
      `/create/templates/default/${this.#template}?formData=${formData}`,
    );
  }

  /** Shows the title of the component that is chosen. */
  get component() {
    return this.page.getByRole('combobox', { name: 'Component' });
  }

  /** A field for a line of text. */
  field(name: string) {
    return this.page.getByRole('textbox', { name });
  }

  /** A button of the form or of the review. */
  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Headline of the plan. */
  headline(text: string | RegExp) {
    return this.page.getByRole('heading', { level: 3, name: text });
  }

  /** Fields that belong together. */
  group(legend: string) {
    return this.page.getByRole('group', { name: legend, exact: true });
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
}
