import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';

/** Files of the repository and such as are not committed yet. */
const files = pattern =>
  execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', pattern],
    { cwd: ROOT, encoding: 'utf8' },
  )
    .split('\n')
    .filter(Boolean);

describe('jestSuite', () => {
  describe('when a test starts a cluster', () => {
    it('finds it by its name, among those for which a cluster is built', () => {
      const misnamed = files('*.test.ts').filter(
        file =>
          !/\.(cluster|proof)\.test\.ts$/.test(file) &&
          /\bstart\w*Cluster\(/.test(readFileSync(join(ROOT, file), 'utf8')),
      );
      assert.deepEqual(misnamed, []);
    });
  });
});
