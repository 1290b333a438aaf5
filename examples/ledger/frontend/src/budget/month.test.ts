import { describe, expect, it } from 'vitest';
import { addMonths, dayOf, isMonth } from './month';

describe('addMonths', () => {
  it.each([
    ['2026-03', 1, '2026-04'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-01', -13, '2024-12'],
  ])('%s and %d is %s', (month, count, expected) => {
    expect(addMonths(month, count)).toBe(expected);
  });
});

describe('isMonth', () => {
  it('takes the months of 1900 to 2199 only', () => {
    const texts = [
      '1900-01',
      '2199-12',
      '1899-12',
      '2200-01',
      '2026-13',
      '2026-3',
      '',
    ];
    expect(texts.filter(isMonth)).toEqual(['1900-01', '2199-12']);
  });
});

describe('dayOf', () => {
  it('is the day on the clock of the person', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
