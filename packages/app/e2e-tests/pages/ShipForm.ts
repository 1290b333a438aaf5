import type { Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of the template `ship`. */
export class ShipForm extends TemplateForm {
  constructor(page: Page) {
    super(page, 'ship', 'Plans of the shipment');
  }

  /** The headings of the review, from top to bottom. */
  get headings() {
    return this.page.locator(this.review).getByRole('heading');
  }

  /** What breaks, in the words of the commits: one or more. */
  get breaking() {
    return this.page.getByRole('article', { name: /^Breaking changes?$/ });
  }

  /** What will happen, one line an effect. */
  get effects() {
    return this.section('What will happen').getByRole('listitem');
  }

  /** The row of the commit with this subject. */
  commit(subject: string) {
    return this.page
      .locator(this.review)
      .getByRole('row')
      .filter({ hasText: subject });
  }

  environment(name: string) {
    return this.page
      .getByRole('radiogroup', { name: /^Environment/ })
      .getByRole('radio', { name, exact: true });
  }

  /** What Confirm says of one thing. */
  confirmed(name: string) {
    return this.page.getByRole('row', { name: new RegExp(`^${name} `) });
  }
}
