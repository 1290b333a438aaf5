import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const code =
  /'((?:MIGRATIONS?|FILE|SQL|DIRECTIVE|ASSERT|APPLIED|LEDGER|SCHEMA|LINT)_[A-Z0-9_]+)'/g;

describe('docs/reference/migrations.md', () => {
  it('has a row for every finding, and none for any other', () => {
    const sources = readdirSync(__dirname).filter(
      name =>
        /^(?:read-|preflight|lint-)/.test(name) && !name.includes('.test.'),
    );
    const used = sources.flatMap(name =>
      [...readFileSync(join(__dirname, name), 'utf8').matchAll(code)].map(
        ([, found]) => found,
      ),
    );
    const page = readFileSync(
      join(__dirname, '../../../../docs/reference/migrations.md'),
      'utf8',
    );
    const findings = page.slice(
      page.indexOf('\n## Findings'),
      page.indexOf('\n## Rewrites'),
    );
    const documented = [...findings.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(
      ([, found]) => found,
    );
    expect(documented.length).toBeGreaterThan(30);
    expect([...documented].sort()).toEqual([...new Set(used)].sort());
  });
});
