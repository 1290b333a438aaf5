import type { BrowserContext, Page } from '@playwright/test';

/** The users of the example portal (examples/org.yaml); the guest is whoever says nothing. */
export type PortalUser = 'guest' | 'owner' | 'developer' | 'viewer';

/**
 * Every page that is opened from now on is this user's, deep links included, without a click. A context is one browser:
 * two users at once are two contexts (`browser.newContext()`).
 */
export async function signInAs(
  where: Page | BrowserContext,
  user: PortalUser,
): Promise<void> {
  // As "Sign in as …" in the menu keeps it.
  await where.addInitScript(
    name => window.localStorage.setItem('dojo-portal.user', name),
    user,
  );
}
