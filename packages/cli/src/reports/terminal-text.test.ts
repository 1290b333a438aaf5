import { terminalText } from './terminal-text';

describe('terminalText', () => {
  it.each([
    ['\u001b[2J\u001b]0;title\u0007', '\ufffd[2J\ufffd]0;title\ufffd'],
    ['over\rwritten', 'over\ufffdwritten'],
    ['\u009b31m', '\ufffd31m'],
    ['\u202eevil', '\ufffdevil'],
  ])('takes from %j what a terminal would obey', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it('keeps lines, tabs, and every letter', () => {
    const text = 'a\tb\n→ Zürich 日本 👩\u200d💻\n';
    expect(terminalText(text)).toBe(text);
  });
});
