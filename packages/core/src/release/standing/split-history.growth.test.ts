import { countSteps } from '../../text/__testUtils__/count-steps';
import { growthOf } from '../../text/__testUtils__/growth-of';
import type { GraphCommit } from './ports';
import { ownCommits, splitHistory } from './split-history';

const at = (...commits: readonly string[]) =>
  commits.map(commit => ({ commit }));

describe('splitHistory', () => {
  it.each([
    [
      'commits',
      (n: number) => ({
        graph: line(n),
        versions: at('0', `${Math.floor(n / 2)}`),
      }),
    ],
    [
      'merges',
      (n: number) => ({
        graph: Array.from({ length: n }, (_, index) => ({
          oid: `${index}`,
          parents: [`${index + 1}`, `${index + 2}`].slice(0, n - 1 - index),
        })),
        versions: at(
          ...Array.from({ length: 50 }, (_, index) => `${index * 3}`),
        ),
      }),
    ],
  ])('takes time by the number of %s', (_, make) => {
    const steps = (n: number) => {
      const { graph: all, versions } = make(n);
      return countSteps('/src/release/', () => {
        const split = splitHistory(all, versions);
        ownCommits(all, versions, split, 100);
      });
    };
    expect(
      growthOf(
        () => steps(400),
        () => steps(800),
      ),
    ).toBeLessThan(2.4);
  });
});

function line(count: number): GraphCommit[] {
  return Array.from({ length: count }, (_, index) => ({
    oid: `${index}`,
    parents: index === count - 1 ? [] : [`${index + 1}`],
  }));
}
