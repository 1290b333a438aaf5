import fc from 'fast-check';
import type { JsonValue } from './canonical-json';
import { canonicalJson } from './canonical-json';

const seed = 20261122;

describe('canonicalJson', () => {
  it.each<[string, JsonValue, string]>([
    ['no white space', { a: [1, 2, { b: null }] }, '{"a":[1,2,{"b":null}]}'],
    ['keys sorted', { b: 1, a: 2, B: 3 }, '{"B":3,"a":2,"b":1}'],
    // RFC 8785 section 3.2.3: U+1F600 sorts by its first surrogate, before U+FB33.
    [
      'keys sorted by UTF-16 code units',
      {
        '\u20ac': 1,
        '\r': 2,
        '\ufb33': 3,
        '1': 4,
        '\u{1f600}': 5,
        '\u0080': 6,
        '\u00f6': 7,
      },
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    ],
    [
      'numbers as ECMAScript writes them',
      [333333333.33333329, 1e30, 4.5, 2e-3, -0],
      '[333333333.3333333,1e+30,4.5,0.002,0]',
    ],
    [
      'only the escapes that are needed',
      '\u20ac$\u000f\nA\'B"\\/',
      '"\u20ac$\\u000f\\nA\'B\\"\\\\/"',
    ],
    ['no member for undefined', { a: undefined, b: true }, '{"b":true}'],
    ['a key named __proto__', JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])('writes %s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined in an array', [undefined]],
    ['NaN', NaN],
    ['an infinity', { a: Infinity }],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['half a surrogate pair', '\ud800'],
  ])('throws for %s', (_, value) => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(TypeError);
  });

  it('is the same for the same value in any order, and reads back as it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), value => {
        const text = canonicalJson(value as JsonValue);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value) as JsonValue)).toBe(text);
      }),
      { seed },
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
