import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

const LongestFirst = createRequire(import.meta.url)('./longest-first.cjs');

describe('LongestFirst', () => {
  it('takes the longest files first, and leaves the others as Jest has them', () => {
    const jestOrder = [
      '/a/z.test.ts',
      '/a/migrate/migrations.growth.test.ts',
      '/a/b.test.ts',
      '/a/apply-kill.cluster.test.ts',
    ];
    class Asked extends LongestFirst {}
    const base = Object.getPrototypeOf(LongestFirst.prototype);
    const { sort } = base;
    base.sort = tests => tests;
    try {
      assert.deepEqual(
        new Asked({})
          .sort(jestOrder.map(path => ({ path })))
          .map(({ path }) => path),
        [
          '/a/apply-kill.cluster.test.ts',
          '/a/migrate/migrations.growth.test.ts',
          '/a/z.test.ts',
          '/a/b.test.ts',
        ],
      );
    } finally {
      base.sort = sort;
    }
  });
});
