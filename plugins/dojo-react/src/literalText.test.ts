import { literalText } from './literalText';

describe('literalText', () => {
  it.each([
    ['an escape sequence', 'a\u001b[2Jb', 'a\ufffd[2Jb'],
    ['a carriage return', 'a\rb', 'a\ufffdb'],
    ['a C1 control character', 'a\u009bb', 'a\ufffdb'],
    ['an override of the direction', 'a\u202eb\u202c', 'a\ufffdb\ufffd'],
    ['an isolate of a direction', 'a\u2066b\u2069', 'a\ufffdb\ufffd'],
    ['a mark of a direction', 'a\u200fb\u061c', 'a\ufffdb\ufffd'],
  ])('shows the place of %s', (_, text, shown) => {
    expect(literalText(text)).toBe(shown);
  });

  it.each(['SELECT 1;\n\tFROM x', 'größer 💶 שלום', 'e\u0301'])(
    'leaves %j as it is',
    text => {
      expect(literalText(text)).toBe(text);
    },
  );
});
