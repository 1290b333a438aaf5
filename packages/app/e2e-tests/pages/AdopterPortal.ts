import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { portalData } from './portalData';
import { PortalProcess } from './PortalProcess';

const port = String(Number(process.env.PORTAL_PORT ?? 7107) + 200);
const data = `${portalData}-adopter`;

/** How a start of the portal differs from what README.md says. */
export interface AdopterSettings {
  /** Laid over its configuration: lists replace those that are there. */
  readonly config?: object;
  /** The line is missing that adds our plugin to the backend. */
  readonly withoutBackend?: boolean;
}

/** A freshly generated Backstage with the packages of this repository, as an adopter has it; made once, started often. */
export class AdopterPortal {
  /** Of the app, where its `app-config.yaml` is. */
  readonly folder = join(data, 'app');
  #process: PortalProcess | undefined;
  #settings: string | undefined;

  /** Makes the app and starts it by the lines of README.md. */
  static async make(): Promise<AdopterPortal> {
    const portal = new AdopterPortal();
    // Who writes a test makes the app once, as for the portal that the other tests share.
    const isMade =
      process.env.PORTAL_REUSE === '1' &&
      existsSync(join(portal.folder, 'packages/app/dist'));
    await portal.#run(isMade ? ['--made'] : []);
    portal.#settings = JSON.stringify({});
    return portal;
  }

  get url(): string {
    if (!this.#process) throw new Error('the portal is not started');
    return this.#process.url;
  }

  /** Has it run with these settings: it is started anew where it runs with others. Its database begins empty. */
  async runWith(settings: AdopterSettings): Promise<void> {
    const wanted = JSON.stringify(settings);
    if (wanted === this.#settings) return;
    await this.stop();
    const file = join(data, 'app-config.test.yaml');
    mkdirSync(dirname(file), { recursive: true });
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(settings.config ?? {}));
    await this.#run([
      ...['--made', '--config', file],
      ...(settings.withoutBackend ? ['--without-backend'] : []),
    ]);
    this.#settings = wanted;
  }

  /** Writes a file of the app, such as one of entities. */
  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Ends every process of it. */
  async stop(): Promise<void> {
    this.#settings = undefined;
    await this.#process?.stop();
    this.#process = undefined;
  }

  async #run(args: readonly string[]): Promise<void> {
    this.#process = await PortalProcess.start(
      'scripts/adopter/start-adopter.mjs',
      ['--data', data, '--port', port, ...args],
    );
  }
}

/** Signs in as a fresh Backstage offers it. */
export async function enterAsGuest(page: Page): Promise<void> {
  await page.goto('/');
  const enter = page.getByRole('button', { name: 'Enter' });
  await enter.click();
  await enter.waitFor({ state: 'hidden' });
}
