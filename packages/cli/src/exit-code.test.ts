import type { Outcome } from 'backstage-plugin-dojo-common';
import { exitCodeOfCheck, exitCodeOfKind, exitCodeOfResult } from './exit-code';

const resultOf = (...effects: Outcome[]) => ({ effects });
const failed = (kind: 'conflict' | 'unavailable'): Outcome => ({
  kind: 'failed',
  key: 'x',
  error: { code: 'GIT_DENIED', kind, message: 'x' },
});

describe('exitCodeOfKind', () => {
  it.each([
    ['input', 2],
    ['not-found', 2],
    ['refused', 3],
    ['denied', 3],
    ['conflict', 4],
    ['unavailable', 5],
  ] as const)('gives %s %d', (kind, code) => {
    expect(exitCodeOfKind(kind)).toBe(code);
  });
});

describe('exitCodeOfResult', () => {
  it.each([
    ['nothing to do', resultOf(), 0],
    [
      'all done',
      resultOf({ kind: 'done', key: 'x' }, { kind: 'already-done', key: 'y' }),
      0,
    ],
    [
      'one that waits',
      resultOf(
        { kind: 'waiting', key: 'x', detail: 'd' },
        { kind: 'not-attempted', key: 'y' },
      ),
      6,
    ],
    [
      'a conflict',
      resultOf(failed('conflict'), { kind: 'not-attempted', key: 'y' }),
      4,
    ],
    [
      'a system that failed',
      resultOf({ kind: 'done', key: 'x' }, failed('unavailable')),
      5,
    ],
  ])('for %s', (_, result, code) => {
    expect(exitCodeOfResult(result)).toBe(code);
  });
});

describe('exitCodeOfCheck', () => {
  it.each([
    ['current', false, 0],
    ['current', true, 0],
    ['pending', false, 0],
    ['pending', true, 3],
    ['refused', false, 3],
    ['refused', true, 3],
  ] as const)('gives %s with current %s %d', (outcome, current, code) => {
    expect(exitCodeOfCheck({ outcome }, { current })).toBe(code);
  });
});
