import type { Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of a new service. */
export class ServiceForm extends TemplateForm {
  constructor(page: Page) {
    super(page, 'dojo-service', 'Plan of the new service');
  }

  /** Opens it with these fields filled in. */
  async begin(fields: object = {}) {
    await this.page.goto(
      `/create/templates/default/dojo-service?formData=${encodeURIComponent(
        JSON.stringify(fields),
      )}`,
    );
  }
}
