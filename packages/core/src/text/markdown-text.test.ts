import fc from 'fast-check';
import { capped, markdownText, oneLine } from './markdown-text';

const seed = 20261122;

describe('markdownText', () => {
  it.each([
    ['carry over last month (#41)', 'carry over last month (#41)'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['[click](javascript:alert(1))', '\\[click\\](javascript:alert(1))'],
    ['![x](http://e)', '!\\[x\\](http://e)'],
    [
      '`code` *bold* ~~gone~~ a|b \\',
      '\\`code\\` \\*bold\\* \\~\\~gone\\~\\~ a\\|b \\\\',
    ],
    ['_emphasis_ and snake_case', '\\_emphasis\\_ and snake_case'],
    ['R&D &lt;', 'R&amp;D &amp;lt;'],
    ['thanks @alice, @acme/team', 'thanks @&#8203;alice, @&#8203;acme/team'],
    ['(@bob)', '(@&#8203;bob)'],
    ['mail a@b.example', 'mail a@b.example'],
    ['two\nlines\r\n\tand\0tabs', 'two lines and tabs'],
    ['\u202egnp.exe\u2066', 'gnp.exe'],
    ['\ud800', '\ufffd'],
  ])('writes %j as %j', (text, expected) => {
    expect(markdownText(text, 400)).toBe(expected);
  });

  it('never lets a tag, a link, code or a mention through, nor a second line', () => {
    fc.assert(
      fc.property(
        fc
          .array(
            fc.oneof(
              fc.constantFrom(
                '<',
                '>',
                '[',
                ']',
                '(',
                '`',
                '@a',
                '\n',
                '\\',
                '_',
                '*',
                '&',
                'a',
              ),
              fc.string(),
            ),
          )
          .map(parts => parts.join('')),
        text => {
          const written = markdownText(text, 400);
          expect(written).not.toMatch(/[\p{Cc}<>]/u);
          expect(written).not.toMatch(/(?<!\\)(?:\\\\)*[`[\]*]/);
          expect(written).not.toMatch(/(?:^|[\s(])@\w/);
        },
      ),
      { seed },
    );
  });
});

describe('oneLine', () => {
  it('is trimmed, with single spaces', () => {
    expect(oneLine('  a \n\n b  ')).toBe('a b');
  });
});

describe('capped', () => {
  it.each([
    ['abcde', 5, 'abcde'],
    ['abcdef', 5, 'abcd…'],
    ['abc def', 5, 'abc…'],
    ['abc\u{1f600}def', 5, 'abc…'],
  ])('%j to %d is %j', (text, limit, expected) => {
    expect(capped(text, limit)).toBe(expected);
  });
});
