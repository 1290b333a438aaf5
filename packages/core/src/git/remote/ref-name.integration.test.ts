import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { branchRef } from './ref-name';

/** What git itself makes of it. */
const isBranchOfGit = (ref: string) =>
  spawnSync('git', ['check-ref-format', ref]).status === 0;

describe('branchRef', () => {
  it('gives nothing that git refuses', () => {
    const name = fc
      .array(fc.constantFrom(...'a/.@{}~^:?*[\\ -\u0001\u007f', 'lock'), {
        minLength: 1,
        maxLength: 6,
      })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(name, text => {
        const ref = branchRef(text);
        expect(ref === undefined || isBranchOfGit(ref)).toBe(true);
      }),
      { numRuns: 300, seed: 20261129 },
    );
  });
});
