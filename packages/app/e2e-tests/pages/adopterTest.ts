import { test } from '@playwright/test';
import { AdopterPortal, type AdopterSettings } from './AdopterPortal';

/** Installing a whole Backstage and bundling its frontend, on busy cores. */
const longestStart = 1_800_000;

interface AdopterFixtures {
  /** What the portal of a test runs with; default: the lines of README.md. */
  settings: AdopterSettings;
  /** Address of the portal that runs with them. */
  started: string;
}

/** Tests of a freshly generated Backstage with the packages of this repository, as an adopter has it: one for all of them. */
export const adopterTest = test.extend<
  AdopterFixtures,
  { adopter: AdopterPortal }
>({
  adopter: [
    // Playwright reads from the pattern which fixtures are needed: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const portal = await AdopterPortal.make();
      await provide(portal);
      await portal.stop();
    },
    { scope: 'worker', timeout: longestStart },
  ],
  settings: [{}, { option: true }],
  started: [
    async ({ adopter, settings }, provide) => {
      await adopter.runWith(settings);
      await provide(adopter.url);
    },
    { timeout: longestStart },
  ],
  baseURL: ({ started }, provide) => provide(started),
});
