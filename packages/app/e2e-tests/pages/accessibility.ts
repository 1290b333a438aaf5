import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Widths of a window at which our pages are looked at, in px: of a desk and of a phone. */
export const widths = [1440, 420] as const;
const height = 900;

/** Of a page without frames: by default axe opens a page of its own beside each one that it looks at. */
const axe = (page: Page) =>
  new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);

/** Fails with the rules of WCAG 2.1 AA that what is inside `selector` breaks, in a wide window or in a narrow one. */
export async function expectAccessible(page: Page, selector: string) {
  const size = page.viewportSize();
  const broken: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height });
    const { violations } = await axe(page).include(selector).analyze();
    broken.push(
      ...violations.map(
        ({ id, nodes }) => `${width} px: ${id}: ${nodes.map(n => n.html)}`,
      ),
    );
  }
  if (size) await page.setViewportSize(size);
  expect(broken).toEqual([]);
}

/**
 * Fails where the page can be scrolled to its side. A window that has just become narrower has one frame in which Chromium
 * has not yet applied the queries of containers, so that it is the second one that is looked at.
 */
export async function expectNoSideways(page: Page) {
  const tooWide = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    return document.documentElement.scrollWidth - window.innerWidth;
  });
  expect(tooWide, 'px too wide').toBeLessThanOrEqual(0);
}

/** Rules of WCAG 2.1 AA that a page breaks outside of what is ours. */
export async function backstageRules(page: Page): Promise<string[]> {
  const { violations } = await axe(page)
    .exclude('[data-dojo], [data-testid^="dojo-"]')
    .analyze();
  return violations.map(({ id }) => id);
}
