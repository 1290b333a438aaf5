import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Presses Tab, or Shift+Tab for what is behind, until the element has the focus. The element is held by a handle: a combobox that the focus passes opens
 * its list and hides everything else from roles until the focus has left it.
 */
export async function tabTo(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
) {
  await expect(target).toBeVisible();
  const element = await target.elementHandle();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await element?.evaluate(node => node === document.activeElement)) {
      return;
    }
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}
