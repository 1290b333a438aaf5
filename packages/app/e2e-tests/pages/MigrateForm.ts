import type { Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of the migrate template. */
export class MigrateForm extends TemplateForm {
  /** The environments to choose from. */
  readonly environments = '[role="radiogroup"]:has(input[value="dev"])';

  constructor(page: Page) {
    super(page, 'migrate', 'Migration plan');
  }

  environment(name: string) {
    return this.page
      .getByRole('radiogroup', { name: /^Environment/ })
      .getByRole('radio', { name, exact: true });
  }

  operation(name: string) {
    return this.page.getByRole('radio', { name, exact: true });
  }

  /** Clicks the words of an operation: its radio button itself is drawn, not there. */
  async chooseOperation(name: string) {
    await this.page.getByText(name, { exact: true }).click();
  }

  /** A migration or a cache of the plan, with its SQL. */
  migration(id: string) {
    return this.page.getByRole('region', { name: id, exact: true });
  }

  /** The statements of the rehearsal, one line each as the reader sees it. */
  get rehearsedStatements() {
    return this.section('Rehearsal').getByRole('row');
  }
}
