import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';
import { jestParts } from './jest-parts.mjs';
import { jestArguments } from './jest-suite.mjs';

/** Files of the repository and such as are not committed yet. */
const files = pattern =>
  execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', pattern],
    { cwd: ROOT, encoding: 'utf8' },
  )
    .split('\n')
    .filter(Boolean);

describe('jestArguments', () => {
  it('have every part end on a machine of a developer, where CI is not set', () => {
    const parts = ['unit', 'integration', 'cluster', 'proof'].flatMap(kind =>
      jestParts(kind, 2),
    );
    assert.ok(parts.length > 4);
    for (const part of parts) {
      assert.ok(jestArguments(part).includes('--watchAll=false'), part.name);
    }
  });
});

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
