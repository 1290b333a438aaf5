import { type Browser, expect, type Page } from '@playwright/test';
import { expectAccessible, expectNoSideways, widths } from './accessibility';
import { DeliveryTab } from './DeliveryTab';
import { signInAs, type PortalUser } from './signInAs';
import { inDarkTheme, takesPictures } from './themes';

export interface TabLook {
  readonly user: PortalUser;
  /** Of the component. */
  readonly name: string;
  /** What the tab says once it shows what is looked at. */
  readonly says: string | RegExp;
  /** Of docs/images: `<picture>-<width>-<theme>.png`. */
  readonly picture: string;
  /** Whether the narrow page is pictured too; it is looked at always. */
  readonly isPicturedNarrow?: boolean;
}

/**
 * Looks at the Delivery tab in both themes, wide and narrow: it breaks no rule of accessibility, is never scrolled sideways,
 * and is pictured.
 *
 * @param shown - a page of the user that has it open, in the light theme
 */
export async function lookAtTab(
  browser: Browser,
  shown: Page,
  { user, name, says, picture, isPicturedNarrow = false }: TabLook,
) {
  if (!takesPictures) {
    const size = shown.viewportSize();
    await look(shown, says);
    if (size) await shown.setViewportSize(size);
  }
  await inDarkTheme(browser, async themed => {
    await signInAs(themed.page, user);
    await new DeliveryTab(themed.page).open(name);
    await look(themed.page, says, async width => {
      if (width === widths[0] || isPicturedNarrow) {
        await themed.picture(`${picture}-${width}`);
      }
    });
  });
}

async function look(
  page: Page,
  says: string | RegExp,
  at: (width: number) => Promise<void> = async () => undefined,
): Promise<void> {
  const tab = new DeliveryTab(page);
  await expect(tab.page).toContainText(says, { timeout: 60_000 });
  await expect(tab.text('History')).toBeVisible();
  await expectAccessible(page, tab.all);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await expectNoSideways(page);
    await at(width);
  }
}
