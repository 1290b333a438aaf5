import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT, workspaces } from '../source-hash.mjs';

const licence = readFileSync(join(ROOT, 'LICENSE'), 'utf8');
const published = [...workspaces().values()].filter(
  ({ manifest }) => !manifest.private,
);

describe('the packages that go to npm', () => {
  it("are as Backstage's own tool would make them", () => {
    execFileSync(
      'yarn',
      ['backstage-cli', 'repo', 'fix', '--publish', '--check'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  });

  for (const { folder, manifest } of published) {
    it(`${manifest.name} has licence, description and words to be found by`, () => {
      assert.equal(
        readFileSync(join(ROOT, folder, 'LICENSE'), 'utf8'),
        licence,
      );
      assert.equal(manifest.license, 'Apache-2.0');
      assert.ok(manifest.description);
      assert.ok(manifest.keywords.length > 0);
    });
  }
});
