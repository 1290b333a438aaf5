import { normalDefinition } from './normal-definition';

describe('normalDefinition', () => {
  it.each([
    ['main."trim"(s)', '"trim"(s)'],
    ['system.main.lower(s)', 'lower(s)'],
    ["main.date_part('year', d)", "date_part('YEAR', d)"],
    [
      'CREATE INDEX i ON k((main."trim"(b)))',
      'CREATE INDEX i ON k(("trim"(b)))',
    ],
    ['CASE  WHEN (a) THEN b END', 'case when (a) then b end'],
    ['SELECT "value" FROM t', 'SELECT value FROM t'],
  ])('is the same for %s and %s', (one, other) => {
    expect(normalDefinition(one)).toBe(normalDefinition(other));
  });

  it.each([
    ["f('year')", "f('YEAR')"],
    ['(a + b) * c', 'a + b * c'],
    ['other.trim(s)', 'trim(s)'],
    ['main.t', 't'],
    ['"a b"', 'a b'],
    ["DEFAULT 'A'", "DEFAULT 'a'"],
    ['a -- In euros\nB', 'a -- In euros\nb'],
    ['f((a, b))', 'f(a, b)'],
  ])('tells %s from %s', (one, other) => {
    expect(normalDefinition(one)).not.toBe(normalDefinition(other));
  });
});
