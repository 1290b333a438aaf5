import { CommitParser } from 'conventional-commits-parser';
import fc from 'fast-check';
import type { ConventionalCommit } from './parse-commit';
import { parseCommit } from './parse-commit';

const seed = 20261122;

/** The header alone, in the shape of the rule tables: `type(scope)!: description`. */
function header(message: string): string | undefined {
  const commit = parseCommit(message);
  if (commit === undefined) return undefined;
  const scope = commit.scope === undefined ? '' : `(${commit.scope})`;
  const mark = commit.breaking === 'mark' ? '!' : '';
  return `${commit.type}${scope}${mark}: ${commit.description}`;
}

const footersOf = (message: string) =>
  parseCommit(message)?.footers.map(({ token, value }) => [token, value]);

describe('parseCommit', () => {
  describe('when the header is conventional', () => {
    it.each([
      ['feat: x', 'feat: x'],
      ['fix(parser): x', 'fix(parser): x'],
      ['FEAT: x', 'feat: x'],
      ['Fix(API): Keep Case', 'fix(API): Keep Case'],
      ['build-deps!: x', 'build-deps!: x'],
      [
        'refactor(runtime)!: drop support for Node 6',
        'refactor(runtime)!: drop support for Node 6',
      ],
      ['исправление(сеть): перезапуск', 'исправление(сеть): перезапуск'],
      ['修复!: 崩溃', '修复!: 崩溃'],
      ['net/http: x', 'net/http: x'],
      ['feat(api/v2): x', 'feat(api/v2): x'],
      ['feat(@acme/core): x', 'feat(@acme/core): x'],
      ['feat(a, b): x', 'feat(a, b): x'],
      ['feat: a: b (c) !: d', 'feat: a: b (c) !: d'],
      ['feat: \u{1f389} party', 'feat: \u{1f389} party'],
      ['feat!: !', 'feat!: !'],
    ])('parses %j', (message, expected) => {
      expect(header(message)).toBe(expected);
    });
  });

  describe('when the header is not', () => {
    it.each([
      '',
      ' ',
      '\n\n',
      'x',
      'feat',
      'feat:',
      'feat: ',
      'feat:  ',
      'feat:x',
      'feat:\tx',
      'feat:\u00a0x',
      'feat\uff1ax',
      'feat : x',
      ' feat: x',
      '\tfeat: x',
      '\ufefffeat: x',
      ': x',
      '!: x',
      '(scope): x',
      'feat!!: x',
      'feat !: x',
      'feat! : x',
      'feat!(api): x',
      'feat (api): x',
      'feat(api) : x',
      'feat(api) !: x',
      'feat(): x',
      'feat( ): x',
      'feat(a(b)): x',
      'feat((a)): x',
      'feat(a)(b): x',
      'feat(api: x',
      'feat)api(: x',
      'feat(api)x: x',
      'new feat: x',
      'fixup! feat: x',
      'Merge branch "feat: x"',
      'Revert "feat: x"',
      '# feat: x',
      '* feat: x',
      '- feat: x',
      '[fix]: x',
      ':bug: x',
      '-: x',
      'https://example.com: x',
      `${'f'.repeat(101)}: x`,
      'x\n\nfeat: y',
    ])('is undefined for %j', message => {
      expect(parseCommit(message)).toBeUndefined();
    });
  });

  describe('when it is lenient on purpose', () => {
    it.each([
      ['fix:  x', 'fix: x'],
      ['fix: x  ', 'fix: x'],
      ['fix: x\r\n', 'fix: x'],
      ['\n \nfix: x', 'fix: x'],
      ['fix( api ): x', 'fix(api): x'],
    ])('reads %j as %j', (message, expected) => {
      expect(header(message)).toBe(expected);
    });

    it('takes text directly under the header as body', () => {
      expect(parseCommit('fix: x\nmore\nRefs: #1')).toEqual({
        type: 'fix',
        description: 'x',
        body: 'more\nRefs: #1',
        footers: [],
      });
    });

    it.each(['BREAKING CHANGE', 'BREAKING-CHANGE'])(
      'takes a value that begins under a bare %s:',
      token => {
        expect(
          parseCommit(`feat: x\n\n${token}:\n\nUse y.\n\nRefs: #1`),
        ).toMatchObject({
          breaking: 'footer',
          footers: [
            { token, value: 'Use y.' },
            { token: 'Refs', value: '#1' },
          ],
        });
      },
    );
  });

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

  describe('when the message is huge', () => {
    const size = 10_000_000;

    it.each<[string, string]>([
      ['one line', `feat: ${'x'.repeat(size)}`],
      ['a type', 'f'.repeat(size)],
      ['a scope that never closes', `feat(${'('.repeat(size)}`],
      ['blank lines', `feat: x${'\n'.repeat(size)}`],
      ['spaces', `feat: x\n\n${' '.repeat(size)}`],
      ['a token that never ends', `feat: x\n\n${'a'.repeat(size)}`],
      [
        'bare footers',
        `feat: x\n\n${'BREAKING CHANGE:\n\n'.repeat(size / 18)}`,
      ],
      ['carriage returns', `feat: x\n\n${'\r'.repeat(size)}`],
    ])('parses %s', (_, message) => {
      expect([undefined, 'feat']).toContain(parseCommit(message)?.type);
    });

    it('finds the last footer of it', () => {
      const filler = 'Word: y\n\n'.repeat(100_000);
      expect(
        parseCommit(`feat: x\n\n${filler}BREAKING CHANGE: z`),
      ).toMatchObject({ breaking: 'footer' });
    });
  });

  it('keeps a NUL as text', () => {
    expect(parseCommit('feat: a\0b')?.description).toBe('a\0b');
  });

  it('returns something for any text, and reads its own writing back', () => {
    const word = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
    const line = fc.stringMatching(/^[a-z][a-z ,.]{0,20}$/).map(s => s.trim());
    fc.assert(
      fc.property(fc.string(), text => {
        parseCommit(text);
      }),
      { seed },
    );
    fc.assert(
      fc.property(
        word,
        fc.option(word, { nil: undefined }),
        fc.boolean(),
        line,
        fc.array(line, { maxLength: 3 }),
        fc.array(fc.tuple(word, line), { maxLength: 3 }),
        (type, scope, mark, description, paragraphs, footers) => {
          const head = `${type}${scope === undefined ? '' : `(${scope})`}${
            mark ? '!' : ''
          }: ${description}`;
          const foot = footers.map(([token, value]) => `${token}: ${value}`);
          const message = [
            head,
            ...paragraphs,
            ...(foot.length ? [foot.join('\n')] : []),
          ].join('\n\n');
          expect(parseCommit(message)).toEqual({
            type,
            ...(scope !== undefined && { scope }),
            description,
            ...(paragraphs.length > 0 && { body: paragraphs.join('\n\n') }),
            footers: footers.map(([token, value]) => ({ token, value })),
            ...(mark && { breaking: 'mark' }),
          });
        },
      ),
      { seed },
    );
  });

  describe('beside conventional-commits-parser, where that follows the specification', () => {
    const peer = new CommitParser({
      headerPattern: /^(\w*)(?:\((.*)\))?!?: (.*)$/,
      breakingHeaderPattern: /^(\w*)(?:\((.*)\))?!: (.*)$/,
      headerCorrespondence: ['type', 'scope', 'subject'],
      noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
    });

    it('agrees on type, scope, description and whether it breaks', () => {
      const word = fc.stringMatching(/^[a-z]{1,8}$/);
      const text = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/);
      fc.assert(
        fc.property(
          word,
          fc.option(word, { nil: undefined }),
          fc.constantFrom('', '!', ' '),
          fc.constantFrom(':', ': '),
          text,
          fc.option(text, { nil: undefined }),
          fc.constantFrom(
            '',
            'BREAKING CHANGE: y',
            'BREAKING-CHANGE: y',
            'Refs: z',
          ),
          (type, scope, mark, colon, description, body, footer) => {
            const message = [
              `${type}${
                scope === undefined ? '' : `(${scope})`
              }${mark}${colon}${description}`,
              ...(body === undefined ? [] : [body]),
              ...(footer === '' ? [] : [footer]),
            ].join('\n\n');
            const theirs = peer.parse(message);
            const ours = parseCommit(message);
            expect(ours?.type).toBe(theirs.type ?? undefined);
            expect(ours?.scope).toBe(theirs.scope ?? undefined);
            expect(ours?.description).toBe(theirs.subject ?? undefined);
            // The peer reads notes of what it finds not to be conventional.
            const theyBreak = Boolean(theirs.type) && theirs.notes.length > 0;
            expect(ours?.breaking !== undefined).toBe(theyBreak);
          },
        ),
        { seed },
      );
    });
  });
});
