import { shortPlanHash } from './shortPlanHash';

describe('shortPlanHash', () => {
  it('says that it is not all of it', () => {
    expect(shortPlanHash('3b9e71c0'.padEnd(64, 'a'))).toBe('3b9e71c0…');
  });
});
