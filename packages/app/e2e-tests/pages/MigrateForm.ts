import type { Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of one of the templates over `dojo:migrate`. */
export class MigrateForm extends TemplateForm {
  /** The environments to choose from. */
  readonly environments = '[role="radiogroup"]:has(input[value="dev"])';

  constructor(
    page: Page,
    template: 'migrate' | 'restore-backup' | 'rebuild-caches' = 'migrate',
  ) {
    super(page, template, 'Migration plan');
  }

  environment(name: string) {
    return this.page
      .getByRole('radiogroup', { name: /^Environment/ })
      .getByRole('radio', { name, exact: true });
  }

  /** The backups to choose from. */
  readonly backups = '[role="radiogroup"]:has(input[value*="Z-"])';

  /** Chooses one of them, by its time, level and size: the button itself is drawn, not there. */
  async chooseBackup(label: string | RegExp) {
    await this.page
      .getByRole('radiogroup', { name: /^Backup/ })
      .getByText(label)
      .click();
  }

  /** The release that is chosen. */
  chosen(text: string | RegExp) {
    return this.page.getByRole('button', { name: text });
  }

  /** Chooses from the list behind what is chosen. */
  async choose(chosen: string | RegExp, option: string | RegExp) {
    await this.chosen(chosen).click();
    await this.page
      .getByRole('option', { name: option, exact: typeof option === 'string' })
      .click();
  }

  /** A migration or a cache of the plan, with its SQL. */
  migration(id: string) {
    return this.page.getByRole('region', { name: id, exact: true });
  }

  /** The statements of the rehearsal, one line each as the reader sees it. */
  get rehearsedStatements() {
    return this.section('Rehearsal').getByRole('row');
  }

  /** What Confirm says of one thing. */
  confirmed(name: string) {
    return this.page.getByRole('row', { name: new RegExp(`^${name} `) });
  }
}
