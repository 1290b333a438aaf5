import type { Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of the release template. */
export class ReleaseForm extends TemplateForm {
  /** The ways to bump. */
  readonly ways = '[role="radiogroup"]:has(input[value="auto"])';

  constructor(page: Page) {
    super(page, 'release', 'Release plan');
  }

  way(name: string | RegExp) {
    return this.page.getByRole('radio', { name, exact: true });
  }

  /** Clicks the words of a way: its radio button itself is drawn, not there. */
  async choose(name: string) {
    await this.page.locator(this.ways).getByText(name, { exact: true }).click();
  }

  /** The row of the commit with this subject. */
  commit(subject: string) {
    return this.page
      .locator(this.review)
      .getByRole('row')
      .filter({ hasText: subject });
  }
}
