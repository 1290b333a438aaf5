import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';
import { lanePatterns } from './browser-suite.mjs';

const files = globSync('packages/app/e2e-tests/**/*.test.ts', { cwd: ROOT });

describe('lanePatterns', () => {
  it('puts each browser test in one lane, and leaves none empty', () => {
    const patterns = lanePatterns().map(pattern => new RegExp(pattern));
    const lanesOf = file =>
      patterns.flatMap((pattern, at) =>
        pattern.test(join(ROOT, file)) ? [at] : [],
      );
    assert.ok(files.length > 5);
    assert.deepEqual(
      files.filter(file => lanesOf(file).length !== 1),
      [],
    );
    assert.equal(new Set(files.flatMap(lanesOf)).size, patterns.length);
  });

  it('puts all that share a cluster in one', () => {
    const [pattern] = lanePatterns([
      { files: ['cluster/', 'a'] },
      { files: [] },
    ]);
    assert.equal(pattern, 'e2e-tests/(cluster/|a)');
  });
});
