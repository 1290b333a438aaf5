import { applySplices } from './apply-splices';
import { diffLineLimit, renderDiff } from './render-diff';

const edit = (splices: { start: number; end: number; text: string }[]) => ({
  path: 'f',
  mode: '100644' as const,
  splices,
});

function diff(
  before: string | undefined,
  ...splices: [number, number, string][]
) {
  const shown = renderDiff(
    edit(splices.map(([start, end, text]) => ({ start, end, text }))),
    before,
  );
  return shown.lines.map(
    ({ kind, text }) =>
      `${{ add: '+', remove: '-', context: ' ' }[kind]}${text}`,
  );
}

describe('renderDiff', () => {
  it('shows a changed line', () => {
    expect(diff('a = 1\nb = 2\nc = 3\n', [10, 11, '9'])).toEqual([
      '-b = 2',
      '+b = 9',
    ]);
  });

  it.each<[string, [number, number, string], string[]]>([
    ['a\nb\n', [2, 2, 'x\ny\n'], ['+x', '+y']],
    ['a\nb\n', [0, 0, 'x\n'], ['+x']],
    ['a\nb\n', [4, 4, 'x\n'], ['+x']],
    ['a', [1, 1, '\nx\n'], ['+x']],
    ['\nb\n', [0, 0, 'x\n'], ['+x']],
    ['a\r\nb\r\n', [3, 3, 'x\r\n'], ['+x']],
    ['a\nb\nc\n', [2, 4, ''], ['-b']],
    ['1', [0, 1, '2'], ['-1', '+2']],
  ])('of %j with %j is %j', (before, splice, expected) => {
    expect(diff(before, splice)).toEqual(expected);
  });

  it('shows splices on one line together', () => {
    expect(diff('{"a":1,"b":1}\n', [5, 6, '2'], [11, 12, '2'])).toEqual([
      '-{"a":1,"b":1}',
      '+{"a":2,"b":2}',
    ]);
  });

  it('shows a created file', () => {
    expect(renderDiff(edit([{ start: 0, end: 0, text: 'a\nb\n' }]))).toEqual({
      path: 'f',
      created: true,
      lines: [
        { kind: 'add', text: 'a' },
        { kind: 'add', text: 'b' },
      ],
      omitted: 0,
    });
  });

  it('counts what is more than a screenful, and cuts long lines', () => {
    const text = `${'x'.repeat(1000)}\n`.repeat(diffLineLimit + 6);
    const shown = renderDiff(edit([{ start: 0, end: 0, text }]));
    expect(shown.omitted).toBe(6);
    expect(shown.lines).toHaveLength(diffLineLimit);
    expect(shown.lines[0].text).toHaveLength(300);
  });
});

describe('applySplices', () => {
  it('replaces parts, and keeps the rest', () => {
    const splices = [
      { start: 0, end: 1, text: 'x' },
      { start: 3, end: 3, text: 'yy' },
    ];
    expect(applySplices('abcd', splices)).toBe('xbcyyd');
  });
});
