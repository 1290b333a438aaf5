import fc from 'fast-check';
import { parseWarnings } from './parse-warnings';

const seed = 20261129;
const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

describe('parseWarnings', () => {
  it.each<[string, string | string[] | undefined, string[]]>([
    ['no header', undefined, []],
    ['an empty one', '', []],
    [
      'one of the API server',
      '299 - "spec.x: deprecated since v1.30"',
      ['spec.x: deprecated since v1.30'],
    ],
    ['several headers', ['299 - "a"', '299 - "b"'], ['a', 'b']],
    ['several in one', '299 - "a, b", 299 - "c"', ['a, b', 'c']],
    [
      'escaped quotes and backslashes',
      String.raw`299 - "violates PodSecurity \"restricted:latest\": C:\\x"`,
      ['violates PodSecurity "restricted:latest": C:\\x'],
    ],
    [
      'a date behind the text',
      '299 - "a" "Sat, 25 Aug 2026 23:34:45 GMT", 299 agent:80 "b"',
      ['a', 'b'],
    ],
    ['no quotation', '299 - a', []],
    ['a quotation without an end', '299 - "a", 299 - "b', ['a']],
    ['a text without a code', 'x "a"', []],
    ['control characters', '299 - "a\u202eb\u0007c"', ['a b c']],
  ])('reads %s', (_, header, texts) => {
    expect(parseWarnings(header)).toEqual(texts);
  });

  it('reads whatever was quoted', () => {
    const text = fc
      .string({ maxLength: 60 })
      .map(written => written.replace(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(fc.array(text, { maxLength: 10 }), texts => {
        const header = texts.map(one => `299 - ${quote(one)}`).join(', ');
        expect(parseWarnings(header)).toEqual(texts);
      }),
      { seed },
    );
  });

  it('is bounded', () => {
    const hostile = '299 - "a" '.repeat(100_000);
    expect(parseWarnings(hostile)).toHaveLength(50);
    expect(parseWarnings(`299 - ${'"'.repeat(300_000)}`)).toEqual(['']);
    expect(parseWarnings(`299 - "${'\\'.repeat(300_000)}`)).toEqual([]);
    expect(parseWarnings(' '.repeat(300_000))).toEqual([]);
    expect(parseWarnings(`${' 299 -'.repeat(100_000)}"a`)).toEqual([]);
  });
});
