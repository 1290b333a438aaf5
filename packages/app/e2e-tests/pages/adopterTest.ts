import { test } from '@playwright/test';
import { portalData } from './portalData';
import { PortalProcess } from './PortalProcess';

/** Installing a whole Backstage and bundling its frontend, on busy cores. */
const longestStart = 900_000;
const port = String(Number(process.env.PORTAL_PORT ?? 7107) + 200);

/** Tests of a freshly generated Backstage with the packages of this repository, as an adopter has it. */
export const adopterTest = test.extend<object, { adopter: string }>({
  adopter: [
    // Playwright reads from the pattern which fixtures are needed: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const portal = await PortalProcess.start(
        'scripts/adopter/start-adopter.mjs',
        ['--data', `${portalData}-adopter`, '--port', port],
      );
      await provide(portal.url);
      await portal.stop();
    },
    { scope: 'worker', timeout: longestStart },
  ],
  baseURL: ({ adopter }, provide) => provide(adopter),
});
