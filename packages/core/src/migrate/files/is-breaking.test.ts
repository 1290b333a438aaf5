import { isBreaking } from './is-breaking';

describe('isBreaking', () => {
  it.each([
    ['-- dojo:breaking\nDROP TABLE a;', true],
    ['\ufeff-- Why.\n-- DOJO:breaking\nDROP TABLE a;', true],
    ['DROP TABLE a;\n-- dojo:breaking', false],
    ["SELECT '-- dojo:breaking';", false],
    ["SELECT 'never closed", false],
    ['', false],
  ])('reads it from %j', (sql, expected) => {
    expect(isBreaking(sql)).toBe(expected);
  });
});
