import type { Browser, Page } from '@playwright/test';
import { resolve } from 'node:path';
import { root } from './portalData';

const images = resolve(root, 'docs/images');

/** A page in one theme, and the way to picture it. */
export interface ThemedPage {
  readonly page: Page;
  /** With `DOJO_SCREENSHOTS=1`, puts the whole page into docs/images as `<name>-light.png` or `-dark`; else nothing. */
  readonly picture: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Whether pictures are made: what is looked at for them alone is left out otherwise. */
export const takesPictures = process.env.DOJO_SCREENSHOTS === '1';

const schemes = ['light', 'dark'] as const;

/**
 * Looks at something in the light theme, then in the dark one, each in a page of its own: the portal starts its pages
 * anew when the theme changes.
 */
export async function inBothThemes(
  browser: Browser,
  look: (themed: ThemedPage) => Promise<void>,
) {
  for (const colorScheme of schemes) {
    const themed = await openTheme(browser, colorScheme);
    await look(themed);
    await themed.close();
  }
}

/** The same for pictures alone, of what asserts nothing more: else it is left out. */
export async function picturedInBothThemes(
  browser: Browser,
  look: (themed: ThemedPage) => Promise<void>,
) {
  if (takesPictures) await inBothThemes(browser, look);
}

/** The dark theme alone, or both where pictures are made: for what a test has looked at in the light already. */
export async function inDarkTheme(
  browser: Browser,
  look: (themed: ThemedPage) => Promise<void>,
) {
  if (takesPictures) {
    await inBothThemes(browser, look);
    return;
  }
  const themed = await openTheme(browser, 'dark');
  await look(themed);
  await themed.close();
}

/** Both pages at once, for what is soon over; whoever opens them closes them. */
export function openBothThemes(
  browser: Browser,
): Promise<readonly ThemedPage[]> {
  return Promise.all(schemes.map(scheme => openTheme(browser, scheme)));
}

async function openTheme(
  browser: Browser,
  colorScheme: (typeof schemes)[number],
): Promise<ThemedPage> {
  const context = await browser.newContext({ colorScheme });
  const page = await context.newPage();
  return {
    page,
    picture: async name => {
      if (!takesPictures) return;
      const height = await page.evaluate(
        () => document.documentElement.scrollHeight,
      );
      // The menu beside the page is as high as the window.
      await page.setViewportSize({
        width: page.viewportSize()?.width ?? 1280,
        height,
      });
      await page.screenshot({
        path: `${images}/${name}-${colorScheme}.png`,
        animations: 'disabled',
      });
    },
    close: () => context.close(),
  };
}
