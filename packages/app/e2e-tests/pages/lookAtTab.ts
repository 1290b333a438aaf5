import { type Browser, expect } from '@playwright/test';
import { expectAccessible, expectNoSideways, widths } from './accessibility';
import { DeliveryTab } from './DeliveryTab';
import { signInAs, type PortalUser } from './signInAs';
import { inBothThemes } from './themes';

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
 * Opens the Delivery tab in both themes, wide and narrow: it breaks no rule of accessibility, is never scrolled sideways,
 * and is pictured.
 */
export async function lookAtTab(
  browser: Browser,
  { user, name, says, picture, isPicturedNarrow = false }: TabLook,
) {
  await inBothThemes(browser, async themed => {
    await signInAs(themed.page, user);
    const tab = new DeliveryTab(themed.page);
    await tab.open(name);
    await expect(tab.page).toContainText(says, { timeout: 60_000 });
    await expect(tab.text('History')).toBeVisible();
    await expectAccessible(themed.page, tab.all);
    for (const width of widths) {
      await themed.page.setViewportSize({ width, height: 900 });
      await expectNoSideways(themed.page);
      if (width === widths[0] || isPicturedNarrow) {
        await themed.picture(`${picture}-${width}`);
      }
    }
  });
}
