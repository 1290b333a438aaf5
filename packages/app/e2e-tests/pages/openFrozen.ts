import { expect } from '@playwright/test';
import type { ClusterPortal } from './ClusterPortal';
import type { DeliveryTab } from './DeliveryTab';
import { freezeNow } from './freezeNow';

/**
 * Has a freeze of an environment begin, and opens a component's tab, again and again, until it says so; returns
 * what it says.
 */
export async function openFrozen(
  portal: ClusterPortal,
  tab: DeliveryTab,
  at: { readonly name: string; readonly environment: string },
): Promise<string> {
  const { window, sentence } = freezeNow();
  const says = `❄ ${sentence}`;
  portal.freeze(at.environment, window);
  await expect(async () => {
    await tab.open(at.name);
    // Of a page that takes its time only what it shows then is what it says.
    await expect(tab.stage(at.environment)).toBeVisible({ timeout: 30_000 });
    await expect(tab.stage(at.environment)).toContainText(says, {
      timeout: 5_000,
    });
  }).toPass({ timeout: 120_000 });
  return says;
}
