import { toPrintable } from './to-printable';

describe('toPrintable', () => {
  it('makes one line of anything', () => {
    expect(toPrintable(' a\r\nb\u001b[31mc\u202Ed\u0000 ')).toBe('a b [31mc d');
  });

  it('cuts at 300 characters', () => {
    expect(toPrintable('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
  });
});
