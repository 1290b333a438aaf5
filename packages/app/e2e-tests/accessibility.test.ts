import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { backstageRules } from './pages/accessibility';
import { root } from './pages/portalData';

const formData = encodeURIComponent(
  JSON.stringify({ component: 'component:default/ledger' }),
);

/** Pages that hold something of ours, or lead to it, each with words that are there once it is whole. */
const pages: Readonly<Record<string, { address: string; has: string }>> = {
  catalog: { address: '/catalog', has: 'Ledger' },
  overview: { address: '/catalog/default/component/ledger', has: 'About' },
  delivery: {
    address: '/catalog/default/component/ledger/delivery',
    has: 'History',
  },
  deliveries: { address: '/deliveries?show=all', has: 'Ledger' },
  templates: { address: '/create', has: 'Release' },
  form: {
    address: `/create/templates/default/release?formData=${formData}`,
    has: 'Next',
  },
  tasks: { address: '/create/tasks', has: 'Task' },
};

/** Which rule is broken on which of these pages, as the document says. */
function listed(): ReadonlySet<string> {
  const text = readFileSync(
    resolve(root, 'docs/explanation/accessibility.md'),
    'utf8',
  );
  const rows = [...text.matchAll(/^\| `([a-z-]+)` +\| ([a-z, ]+?) +\|/gm)];
  return new Set(
    rows.flatMap(([, rule, names]) =>
      names.split(', ').map(name => `${rule} on ${name}`),
    ),
  );
}

test('what is broken around our markup is listed by rule, and nothing else is broken', async ({
  page,
}) => {
  const broken: string[] = [];
  for (const [name, { address, has }] of Object.entries(pages)) {
    await page.goto(address);
    await expect(page.getByText(has).first()).toBeVisible();
    // What loads for a moment is no state of the page.
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    for (const rule of await backstageRules(page)) {
      broken.push(`${rule} on ${name}`);
    }
  }
  const known = listed();
  expect(broken.filter(each => !known.has(each))).toEqual([]);
});
