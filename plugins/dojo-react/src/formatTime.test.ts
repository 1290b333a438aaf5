import { formatTime } from './formatTime';

describe('formatTime', () => {
  afterEach(() => jest.restoreAllMocks());

  it('says when it was, and how long ago', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));

    expect(formatTime('2026-11-22T07:15:30.123Z')).toMatch(
      /^Nov 22, 2026, \d+:15\s[AP]M, 1 day ago$/,
    );
  });
});
