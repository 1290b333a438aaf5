import type { Page } from '@playwright/test';

interface Question {
  readonly items: readonly { readonly permission: { readonly name: string } }[];
}

/** Answers the page as a policy that grants none of the permissions whose name begins with `prefix`. */
export async function deny(page: Page, prefix: string) {
  await page.route('**/api/permission/authorize', async route => {
    try {
      const response = await route.fetch();
      const asked: Question = route.request().postDataJSON();
      const answer: { items: object[] } = await response.json();
      const items = answer.items.map((item, index) =>
        asked.items[index].permission.name.startsWith(prefix)
          ? { ...item, result: 'DENY' }
          : item,
      );
      await route.fulfill({ response, json: { ...answer, items } });
    } catch (error) {
      // A test may end while its page asks: nobody waits for the answer any more.
      if (!/has been (?:disposed|closed)|Test ended/.test(String(error))) {
        throw error;
      }
    }
  });
}
