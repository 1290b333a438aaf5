import type { Page } from '@playwright/test';

/** The page of one run of a template. */
export class TaskPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async opened() {
    await this.#page.waitForURL(/\/create\/tasks\/[0-9a-f-]{36}$/);
  }

  /** Of a run that is not over: its page keeps the log folded. */
  async showLog() {
    await this.#page.getByRole('button', { name: 'Show Logs' }).click();
  }

  /** A line of the log that is in sight, which are the last ones. */
  logLine(text: string | RegExp) {
    return this.#page.getByText(text).last();
  }

  heading(name: string) {
    return this.#page.getByRole('heading', { name, exact: true });
  }

  text(text: string | RegExp) {
    return this.#page.getByText(text).first();
  }

  /** What the page calls the parts of the run, one a line. */
  get steps() {
    return this.#page.locator('.MuiStepLabel-root');
  }

  /** The way to a new review, where others changed what was reviewed. */
  get reviewAgain() {
    return this.#page.getByRole('link', { name: 'Review again', exact: true });
  }

  link(name: string) {
    return this.#page.getByRole('link', { name, exact: true });
  }
}
