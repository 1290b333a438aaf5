import { resolve } from 'node:path';

/** The root of the repository. */
export const root = resolve(__dirname, '../../../..');

/** The data folder of the portal that the tests share (playwright.config.ts). */
export const portalData = resolve(
  root,
  process.env.PORTAL_DATA ?? '.cache/browser-data',
);
