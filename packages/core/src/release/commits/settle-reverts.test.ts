import { settleReverts } from './settle-reverts';

function settle(
  count: number,
  targets: Record<number, number[]>,
  bringers: Record<number, number> = {},
) {
  const targetsOf = new Map(
    Object.entries(targets).map(([revert, all]) => [Number(revert), all]),
  );
  return settleReverts(count, targetsOf, {
    bringerOf: index => bringers[index],
  });
}

describe('settleReverts', () => {
  const stands = undefined;

  it.each<[string, Record<number, number[]>, (number | undefined)[]]>([
    ['a revert', { 0: [2] }, [stands, stands, 0]],
    ['the revert of a revert', { 0: [1], 1: [2] }, [stands, 0, stands]],
    ['one that is older than what it names', { 2: [0] }, [2, stands, stands]],
    [
      'two of one commit, one of which falls',
      { 0: [1], 1: [3], 2: [3] },
      [stands, 0, stands, 2],
    ],
    ['two of one commit', { 0: [2], 1: [2] }, [stands, stands, 0]],
    ['a circle, of which the newest stands', { 0: [1], 1: [0] }, [stands, 0]],
  ])('settles %s', (_, targets, expected) => {
    expect(settle(expected.length, targets)).toEqual(expected);
  });

  it('takes back what a merge brought, and gives it back with it', () => {
    const bringers = { 3: 2, 4: 3 };
    expect(settle(5, { 1: [2] }, bringers)).toEqual([stands, stands, 1, 1, 1]);
    expect(settle(5, { 0: [1], 1: [2] }, bringers)).toEqual([
      stands,
      0,
      stands,
      stands,
      stands,
    ]);
  });

  it('follows a chain of any length', () => {
    const last = (count: number) => {
      const targets = Object.fromEntries(
        Array.from({ length: count - 1 }, (_, index) => [index, [index + 1]]),
      );
      return settle(count, targets).at(-1);
    };
    expect(last(10_001)).toBeUndefined();
    expect(last(10_000)).toBe(9_998);
  });
});
