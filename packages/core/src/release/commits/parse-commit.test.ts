import fc from 'fast-check';
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
      ['fix(): x', 'fix: x'],
      ['fix( )!: x', 'fix!: x'],
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
});
