import fc from 'fast-check';
import { highestLevel, judgeCommits } from './judge-commits';
import { judge, sha } from '../__testUtils__/judge';

const seed = 20261122;
const [a, b] = ['a', 'b'].map(sha);

describe('judgeCommits', () => {
  describe('when each commit stands for itself', () => {
    it.each([
      ['feat: x', 'minor: feat'],
      ['FEAT(API): x', 'minor: feat'],
      ['fix: x', 'patch: fix'],
      ['perf: x', 'patch: perf'],
      ['feat!: x', 'major: breaking: !'],
      ['chore!: x', 'major: breaking: !'],
      ['docs: x\n\nBREAKING CHANGE: y', 'major: BREAKING CHANGE footer'],
      ['fix!: x\n\nBREAKING-CHANGE: y', 'major: BREAKING CHANGE footer'],
      ['feat: x\n\nbreaking change: y', 'minor: feat'],
      ['docs: x', 'none: docs'],
      ['chore: x', 'none: chore'],
      ['refactor: x', 'none: refactor'],
      ['feature: x', 'none: feature'],
      ['constructor: x', 'none: constructor'],
      ['feat x', 'none: not conventional'],
      [
        'Drop Node 18\n\nBREAKING CHANGE: y',
        'none: not conventional, though it says BREAKING CHANGE',
      ],
      ['', 'none: empty message'],
      [' \r\n\n', 'none: empty message'],
      ["Merge branch 'x' into main", 'none: merge commit'],
      ['Merge pull request #1 from a/b\n\nfeat: x', 'none: merge commit'],
      ["Merge remote-tracking branch 'origin/main'", 'none: merge commit'],
      ['Merged in x (pull request #1)', 'none: merge commit'],
      ['Merger of two lists', 'none: not conventional'],
      ['chore(release): 1.2.3', 'none: release commit'],
      [
        'chore(release): v1.2.3-rc.1 [skip ci]\n\nBREAKING CHANGE: told in the notes',
        'none: release commit',
      ],
      ['chore(release)!: new process', 'major: breaking: !'],
      ['fixup! feat: x', 'none: not conventional'],
    ])('judges %j as %s', (message, verdict) => {
      expect(judge([message])).toEqual([verdict]);
    });

    it('knows a merge by its parents', () => {
      expect(judge([{ message: 'x', parents: [a, b] }])).toEqual([
        'none: merge commit',
      ]);
      expect(judge([{ message: 'feat: x', parents: [a, b] }])).toEqual([
        'minor: feat',
      ]);
    });
  });

  it('tells all that the message says', () => {
    expect(
      judgeCommits([
        { sha: a, message: 'Feat(api)!: x\n\nbody\n\nRefs: #1' },
      ])[0].verdict,
    ).toEqual({
      sha: a,
      subject: 'Feat(api)!: x',
      type: 'feat',
      scope: 'api',
      description: 'x',
      body: 'body',
      footers: [{ token: 'Refs', value: '#1' }],
      breaking: true,
      level: 'major',
      reason: 'breaking: !',
    });
    expect(judgeCommits([{ message: 'x' }])[0].verdict).toEqual({
      subject: 'x',
      footers: [],
      breaking: false,
      level: 'none',
      reason: 'not conventional',
    });
  });

  describe('when squash merges count by their bodies', () => {
    it.each([
      [
        'chore: all (#3)\n\n* feat: a\n* fix: b',
        'minor: feat of 2 squashed commits',
      ],
      [
        'feat: all (#3)\n\n* fix: a\n\nwhy\n\n* docs: b',
        'patch: fix of 2 squashed commits',
      ],
      [
        'fix: all (#3)\n\n* feat: a\n\nBREAKING CHANGE: b\n\n* wip',
        'major: BREAKING CHANGE footer of 2 squashed commits',
      ],
      [
        'chore: all (#3)\n\n* feat!: a\n\n---------\n\nCo-authored-by: Z',
        'major: breaking: ! of 1 squashed commits',
      ],
      [
        'feat: all (#3)\n\n* fix: b\n* Revert "fix: b"\n',
        'none: reverts "fix: b" of 2 squashed commits',
      ],
      ['feat: all (#3)\n\n* wip\n* more', 'minor: feat'],
      ['feat: all\n\n* note: a remark\n* see: b', 'minor: feat'],
      ['feat: all (#3)\n\n- fix: not a list of GitHub', 'minor: feat'],
      ['feat!: all (#3)\n\n* fix: a', 'major: breaking: !'],
      ['Everything (#3)\n\n* feat: a', 'minor: feat of 1 squashed commits'],
    ])('judges %j as %s', (message, verdict) => {
      expect(judge([message], 'body')).toEqual([verdict]);
    });

    it('counts the title unless asked', () => {
      expect(judge(['chore: all (#3)\n\n* feat: a'])).toEqual(['none: chore']);
    });
  });

  it('judges long chains and huge messages', () => {
    const chain = Array.from({ length: 1_000 }, (_, i) =>
      i === 0
        ? 'feat: x'
        : `revert: x\n\nRefs: ${(i - 1).toString(16).padStart(40, '0')}`,
    ).map((message, i) => ({ message, sha: i.toString(16).padStart(40, '0') }));
    const judged = judgeCommits(chain.reverse());
    // 999 reverts, each of the one before: the last takes the feature back.
    expect(highestLevel(judged)).toBe('none');
    expect(highestLevel(judgeCommits(chain.slice(1)))).toBe('minor');
    const huge = `revert: x\n\n${'This reverts commit \n'.repeat(400_000)}`;
    expect(judge([{ message: huge }])).toEqual([
      'patch: revert of a released change',
    ]);
  });

  it('returns one verdict per commit in the order given, and the highest level', () => {
    const message = fc.constantFrom(
      'feat: x',
      'fix: x',
      'x',
      '',
      'revert: feat: x',
      'Reapply "feat: x"',
      `Revert "fix: x"\n\nThis reverts commit ${a}.`,
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), messages => {
        const judged = judgeCommits(
          messages.map((text, i) => ({
            message: text,
            sha: sha(i.toString(16)),
          })),
        );
        expect(judged.map(({ verdict }) => verdict.subject)).toEqual(
          messages.map(text => text.split('\n')[0]),
        );
        const levels = judged.map(({ verdict }) => verdict.level);
        expect([...levels, 'none']).toContain(highestLevel(judged));
      }),
      { seed, examples: [[['x']]] },
    );
    expect(highestLevel([])).toBe('none');
  });
});
