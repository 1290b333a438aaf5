import { perWeek } from './perWeek';

describe('perWeek', () => {
  it('sums seven days each, counted from the newest', () => {
    const perDay = Array.from({ length: 30 }, () => 1);

    expect(perWeek(perDay)).toEqual([2, 7, 7, 7, 7]);
    expect(perWeek(perDay.slice(0, 14))).toEqual([7, 7]);
    expect(perWeek([])).toEqual([]);
  });
});
