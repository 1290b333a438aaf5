import type { Locator, Page } from '@playwright/test';
import { TemplateForm } from './TemplateForm';

/** The form of one of the templates over `dojo:deploy-overlay`. */
export class DeployForm extends TemplateForm {
  /** What is chosen on the first page: the environments, and what to do there. */
  readonly environments = '[role="radiogroup"]:has(input[value="staging"])';

  constructor(
    page: Page,
    template: 'deploy' | 'environment-overlay' = 'deploy',
  ) {
    super(page, template, 'Deployment plan');
  }

  environment(name: string) {
    return this.page
      .getByRole('radiogroup', { name: /^Environment/ })
      .getByRole('radio', { name, exact: true });
  }

  /** The environment that is promoted from. */
  source(name: string) {
    return this.page
      .getByRole('radiogroup', { name: /^Promote from/ })
      .getByRole('radio', { name, exact: true });
  }

  /** Clicks the words of a radio button: the button itself is drawn, not there. */
  async choose(words: string) {
    await this.page
      .getByRole('radiogroup')
      .getByText(words, { exact: true })
      .click();
  }

  /** The version that is chosen. */
  chosen(text: string | RegExp) {
    return this.page.getByRole('button', { name: text });
  }

  /** Chooses from the list behind the version that is chosen. */
  async chooseVersion(chosen: string | RegExp, tag: string | RegExp) {
    await this.chosen(chosen).click();
    await this.page.getByRole('option', { name: tag, exact: true }).click();
  }

  /** The lines that a file loses and gets, as the review shows them: `+ <line>`, `- <line>`. */
  async changedLines(path: string): Promise<string[]> {
    return linesIn(this.section('Files of the overlay'), path);
  }

  /** The beginning of the plan's hash, as the review shows it. */
  async planHash(): Promise<string> {
    const facts = this.text(/plan [0-9a-f]{8}…/).first();
    const [, hash = ''] =
      /plan ([0-9a-f]{8})…/.exec((await facts.textContent()) ?? '') ?? [];
    return hash;
  }

  /** The change that waits to be merged. */
  get waiting() {
    return this.page.getByRole('article', { name: /waits for its merge$/ });
  }

  /** The same lines of the change that waits. */
  async waitingLines(path: string): Promise<string[]> {
    return linesIn(this.waiting, path);
  }

  /** An object of the cluster with what changes in it. */
  object(name: string) {
    return this.section('What changes in the cluster')
      .getByRole('figure')
      .filter({ hasText: name });
  }

  /** What Confirm says of one thing. */
  confirmed(name: string) {
    return this.page.getByRole('row', { name: new RegExp(`^${name} `) });
  }
}

async function linesIn(part: Locator, path: string): Promise<string[]> {
  const lines = await part
    .getByRole('figure')
    .filter({ hasText: path })
    .locator('ins, del')
    .allTextContents();
  return lines.map(line => line.replace(/\n$/, ''));
}
