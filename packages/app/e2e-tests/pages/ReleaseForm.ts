import type { Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of the release template. */
export class ReleaseForm extends TemplateForm {
  constructor(page: Page) {
    super(page, 'release', 'Release plan');
  }

  /** The row of the commit with this subject. */
  commit(subject: string) {
    return this.page
      .locator(this.review)
      .getByRole('row')
      .filter({ hasText: subject });
  }
}
