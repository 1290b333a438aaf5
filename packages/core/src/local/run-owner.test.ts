import { hostMark, isAlive, ownerMark } from './run-owner';

describe('ownerMark', () => {
  it('names host and process in letters and digits', () => {
    expect(ownerMark()).toBe(`${hostMark()}-${process.pid}`);
    expect(ownerMark()).toMatch(/^[A-Za-z0-9]{1,63}-\d+$/);
  });
});

describe('isAlive', () => {
  it('tells a living process from one that never was', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(4_190_000)).toBe(false);
  });
});
