import type { ConventionalCommit } from './parse-commit';
import { parseCommit } from './parse-commit';

const footersOf = (message: string) =>
  parseCommit(message)?.footers.map(({ token, value }) => [token, value]);

describe('parseCommit, below the header', () => {
  describe('when it has a body', () => {
    it.each([
      ['fix: x\n\nbody', 'body'],
      ['fix: x\n\n\n  indented\n\n\nsecond  \n\n', '  indented\n\n\nsecond'],
      ['fix: x\r\n\r\none\r\n\r\ntwo\r\n', 'one\n\ntwo'],
      ['fix: x\n \t\nbody', 'body'],
      ['fix: x\n\n', undefined],
      [
        'fix: x\n\nbody\nRefs: #1\nSigned-off-by: A',
        'body\nRefs: #1\nSigned-off-by: A',
      ],
      ['fix: x\n\n# kept: not a comment here', '# kept: not a comment here'],
    ])('keeps it as it is: %j', (message, body) => {
      expect(parseCommit(message)?.body).toBe(body);
      expect(footersOf(message)).toEqual([]);
    });
  });

  describe('when it has footers', () => {
    it.each<[string, string[][]]>([
      [
        'Reviewed-by: Z\nRefs #133',
        [
          ['Reviewed-by', 'Z'],
          ['Refs', '133'],
        ],
      ],
      ['Refs: #1', [['Refs', '#1']]],
      ['refs: #1', [['refs', '#1']]],
      [
        'Signed-off-by:   A <a@example.com>  ',
        [['Signed-off-by', 'A <a@example.com>']],
      ],
      [
        'Note: one\n  two\n\nthree\nRefs: #1',
        [
          ['Note', 'one\n  two\n\nthree'],
          ['Refs', '#1'],
        ],
      ],
      [
        'A: 1\r\n\r\nB: 2\r\n',
        [
          ['A', '1'],
          ['B', '2'],
        ],
      ],
      ['A: b: c', [['A', 'b: c']]],
      ['Prüfer: Z', [['Prüfer', 'Z']]],
      ['BREAKING CHANGE #7', [['BREAKING CHANGE', '7']]],
    ])('reads %j', (text, footers) => {
      expect(footersOf(`fix: x\n\n${text}`)).toEqual(footers);
      expect(footersOf(`fix: x\n\nbody\n\n${text}`)).toEqual(footers);
      expect(parseCommit(`fix: x\n\nbody\n\n${text}`)?.body).toBe('body');
    });

    it.each([
      'Acked by: Z',
      'Token:value',
      'Token:',
      'Token: ',
      'Token #',
      'Token#1',
      ' Token: indented',
      '- Token: list',
      '12:30: time',
      'https://example.com: x',
      'BREAKING CHANGE:',
      'BREAKING CHANGE: ',
    ])('takes %j as body', text => {
      expect(parseCommit(`fix: x\n\n${text}`)).toEqual({
        type: 'fix',
        description: 'x',
        body: text.trimEnd(),
        footers: [],
      });
    });

    it('begins them at the first paragraph that begins with one', () => {
      expect(
        parseCommit('fix: x\n\nSee\nthis: not one\n\nThis: one\nmore\n\nprose'),
      ).toEqual({
        type: 'fix',
        description: 'x',
        body: 'See\nthis: not one',
        footers: [{ token: 'This', value: 'one\nmore\n\nprose' }],
      });
    });
  });

  describe('when it breaks', () => {
    it.each<[string, ConventionalCommit['breaking']]>([
      ['feat!: x', 'mark'],
      ['chore(deps)!: x', 'mark'],
      ['feat: x\n\nBREAKING CHANGE: y', 'footer'],
      ['feat: x\n\nBREAKING-CHANGE: y', 'footer'],
      ['feat: x\r\n\r\nbody\r\n\r\nBREAKING CHANGE: y\r\n', 'footer'],
      ['feat!: x\n\nBREAKING CHANGE: y', 'footer'],
      ['docs: x\n\nRefs: #1\nBREAKING CHANGE: y', 'footer'],
      ['docs: x\n\nBREAKING CHANGE: y\n\nTo migrate:\n\n  do z', 'footer'],
      ['feat: x\n\nbreaking change: y', undefined],
      ['feat: x\n\nBreaking Change: y', undefined],
      ['feat: x\n\nBreaking-Change: y', undefined],
      ['feat: x\n\nBREAKING CHANGES: y', undefined],
      ['feat: x\n\nBREAKING: y', undefined],
      ['feat: x\n\nBREAKING CHANGE y', undefined],
      ['feat: x\n\nBREAKING CHANGE:y', undefined],
      ['feat: x\n\nBREAKING CHANGE #7', undefined],
      ['feat: x\n\nBREAKING CHANGE:', undefined],
      ['feat: x\n\nBREAKING CHANGE:\n\nRefs: #1', undefined],
      ['feat: x\n\nprose\nBREAKING CHANGE: y\nprose', undefined],
      ['feat: x\n\nprose BREAKING CHANGE: y', undefined],
      ['feat: x\n\n  BREAKING CHANGE: y', undefined],
      ['feat: x\n\n* BREAKING CHANGE: y', undefined],
      ['feat: x\nBREAKING CHANGE: y', undefined],
    ])('of %j says %s', (message, breaking) => {
      expect(parseCommit(message)?.breaking).toBe(breaking);
    });
  });
});
