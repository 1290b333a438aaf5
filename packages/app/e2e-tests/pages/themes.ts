import type { Browser, Page } from '@playwright/test';
import { resolve } from 'node:path';

const images = resolve(__dirname, '../../../../docs/images');

/** A page in one theme, and the way to picture it. */
export interface ThemedPage {
  readonly page: Page;
  /** With `DOJO_SCREENSHOTS=1`, puts the whole page into docs/images as `<name>-light.png` or `-dark`; else nothing. */
  readonly picture: (name: string) => Promise<void>;
}

/**
 * Looks at something in the light theme, then in the dark one, each in a page of its own: the portal starts its pages
 * anew when the theme changes.
 */
export async function inBothThemes(
  browser: Browser,
  look: (themed: ThemedPage) => Promise<void>,
) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await look({
      page,
      picture: async name => {
        if (process.env.DOJO_SCREENSHOTS !== '1') return;
        const height = await page.evaluate(
          () => document.documentElement.scrollHeight,
        );
        // The menu beside the page is as high as the window.
        await page.setViewportSize({ width: 1280, height });
        await page.screenshot({
          path: `${images}/${name}-${colorScheme}.png`,
          animations: 'disabled',
        });
      },
    });
    await context.close();
  }
}
