import { DateTime } from 'luxon';
import { fromNow } from './fromNow';

describe('fromNow', () => {
  const now = DateTime.fromISO('2026-12-01T08:00:00.000Z');
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(now.toMillis());
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ['0 seconds ago', now],
    ['2 days ago', now.minus({ days: 2 })],
    ['in 2 days', now.plus({ days: 2 })],
  ])('is %s', (words, time) => {
    expect(fromNow(time)).toBe(words);
  });
});
