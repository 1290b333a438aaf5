import fc from 'fast-check';
import type { CommitMessage } from './judge-commits';
import { highestLevel, judgeCommits } from './judge-commits';

const seed = 20261122;
const sha = (digit: string) => digit.repeat(40);
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(sha);

/** `level: reason` of each, for messages newest first; a leading `<sha>|` gives a hash. */
function judge(
  messages: readonly (string | CommitMessage)[],
  squash: 'title' | 'body' = 'title',
) {
  const commits = messages.map(entry => {
    if (typeof entry !== 'string') return entry;
    const [, hash, message] =
      /^(?:([0-9a-f]{7,40})\|)?([^]*)$/.exec(entry) ?? [];
    return { message, ...(hash && { sha: hash }) };
  });
  return judgeCommits(commits, { squash }).map(
    ({ verdict }) => `${verdict.level}: ${verdict.reason}`,
  );
}

describe('judgeCommits', () => {
  describe('when each commit stands for itself', () => {
    it.each([
      ['feat: x', 'minor: feat'],
      ['FEAT(API): x', 'minor: feat'],
      ['fix: x', 'patch: fix'],
      ['perf: x', 'patch: perf'],
      ['feat!: x', 'major: breaking: !'],
      ['chore!: x', 'major: breaking: !'],
      ['docs: x\n\nBREAKING CHANGE: y', 'major: breaking: footer'],
      ['fix!: x\n\nBREAKING-CHANGE: y', 'major: breaking: footer'],
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

  describe('when a revert names a hash', () => {
    it.each([
      ['in a sentence', `Revert "feat: x"\n\nThis reverts commit ${a}.`],
      [
        'abbreviated',
        `Revert "feat: x"\n\nThis reverts commit ${a.slice(0, 7)}.`,
      ],
      [
        'in upper case',
        `Revert "feat: x"\n\nThis reverts commit ${a.toUpperCase()}.`,
      ],
      ['on the next line', `Revert "feat: x"\n\nThis reverts commit\n${a}.`],
      [
        'by git --reference',
        `Revert "feat: x"\n\nThis reverts commit ${a.slice(
          0,
          9,
        )} (feat: x, 2026-01-01).`,
      ],
      ['in a Refs footer', `revert: x\n\nRefs: ${a.slice(0, 7)}`],
      ['in a Reverts footer', `revert: x\n\nReverts: ${a}`],
      [
        'under a conventional type',
        `revert(ui): feat: x\n\nThis reverts commit ${a}.`,
      ],
    ])('cancels the pair: %s', (_, message) => {
      expect(judge([`${b}|${message}`, `${a}|feat: x`])).toEqual([
        'none: reverts aaaaaaa',
        'none: reverted by bbbbbbb',
      ]);
    });

    it('cancels several at once', () => {
      expect(
        judge([
          `${d}|revert: all\n\nRefs: ${a.slice(0, 7)}, ${b.slice(0, 7)}`,
          `${c}|feat: z`,
          `${b}|feat: y`,
          `${a}|feat!: x`,
        ]),
      ).toEqual([
        'none: reverts aaaaaaa, bbbbbbb',
        'minor: feat',
        'none: reverted by ddddddd',
        'none: reverted by ddddddd',
      ]);
      expect(
        judge([
          `${c}|Revert "two"\n\nThis reverts commits ${a}, ${b}\nand 1234567 of before.`,
          `${b}|fix: y`,
          `${a}|feat: x`,
        ]),
      ).toEqual([
        'patch: revert of a released change',
        'none: reverted by ccccccc',
        'none: reverted by ccccccc',
      ]);
    });

    it('counts the revert of a released change as a patch', () => {
      expect(
        judge([
          `${b}|Revert "feat: x"\n\nThis reverts commit ${c}.`,
          `${a}|feat: x`,
        ]),
      ).toEqual(['patch: revert of a released change', 'minor: feat']);
      expect(judge([`${b}|revert: feat: x`])).toEqual([
        'patch: revert of a released change',
      ]);
    });

    it('gives back what a reverted revert took', () => {
      const first = `${a}|feat: x`;
      const second = `${b}|Revert "feat: x"\n\nThis reverts commit ${a}.`;
      const third = `${c}|Reapply "feat: x"\n\nThis reverts commit ${b}.`;
      const fourth = `${d}|Revert "Reapply "feat: x""\n\nThis reverts commit ${c}.`;
      expect(judge([third, second, first])).toEqual([
        'none: reverts bbbbbbb',
        'none: reverted by ccccccc',
        'minor: feat',
      ]);
      expect(judge([fourth, third, second, first])).toEqual([
        'none: reverts ccccccc',
        'none: reverted by ddddddd',
        'none: reverts aaaaaaa',
        'none: reverted by bbbbbbb',
      ]);
      expect(judge([third, second])).toEqual([
        'none: reverts bbbbbbb',
        'none: reverted by ccccccc',
      ]);
      expect(judge([third])).toEqual(['patch: revert of a released change']);
    });

    it('needs an abbreviation to be unique', () => {
      const twin = `${a.slice(0, 39)}b`;
      expect(
        judge([
          `${b}|revert: x\n\nRefs: ${a.slice(0, 8)}`,
          `${a}|feat: x`,
          `${twin}|feat: y`,
        ]),
      ).toEqual([
        'patch: revert of a released change',
        'minor: feat',
        'minor: feat',
      ]);
    });

    it('does not believe a hash that is newer, or prose', () => {
      expect(judge([`${a}|feat: x`, `${b}|revert: y\n\nRefs: ${a}`])).toEqual([
        'minor: feat',
        'patch: revert of a released change',
      ]);
      expect(
        judge([`${b}|fix: z\n\nThis reverts commit ${a}.`, `${a}|feat: x`]),
      ).toEqual(['patch: fix', 'minor: feat']);
    });

    it('counts a revert that breaks by its own word', () => {
      expect(judge([`${b}|revert!: x\n\nRefs: ${a}`, `${a}|feat: x`])).toEqual([
        'major: breaking: !',
        'none: reverted by bbbbbbb',
      ]);
    });

    it('takes back all that a reverted merge brought', () => {
      const merge = {
        sha: c,
        parents: [sha('0'), b],
        message: 'Merge branch "x"',
      };
      const branch = [
        { sha: b, parents: [a], message: 'feat: two' },
        { sha: a, parents: [sha('0')], message: 'feat: one' },
      ];
      const revert = {
        sha: d,
        parents: [c],
        message: `Revert "Merge branch "x""\n\nThis reverts commit ${c}, reversing\nchanges made to ${sha(
          '0',
        )}.`,
      };
      expect(judge([revert, merge, ...branch])).toEqual([
        'none: reverts ccccccc, bbbbbbb, aaaaaaa',
        'none: reverted by ddddddd',
        'none: reverted by ddddddd',
        'none: reverted by ddddddd',
      ]);
    });
  });

  describe('when a revert names a pull request', () => {
    const revert = 'Revert "feat: x" (#123)\n\nReverts acme/ledger#122';

    it.each([
      ['squashed', `${a}|feat: x (#122)`],
      ['squashed under another title', `${a}|feat: better title (#122)`],
    ])('finds it %s', (_, target) => {
      expect(judge([`${b}|${revert}`, target])).toEqual([
        'none: reverts aaaaaaa',
        'none: reverted by bbbbbbb',
      ]);
    });

    it('finds its merge commit', () => {
      expect(judge([revert, 'Merge pull request #122 from a/b'])).toEqual([
        'none: reverts "Merge pull request #122 from a/b"',
        'none: reverted by "Revert "feat: x" (#123)"',
      ]);
    });

    it('counts as the revert of a released change where it is not in the range', () => {
      expect(judge([revert, 'feat: y (#121)'])).toEqual([
        'patch: revert of a released change',
        'minor: feat',
      ]);
    });

    it('does not take another pull request of the same title', () => {
      expect(judge([revert, 'feat: x (#99)'])).toEqual([
        'patch: revert of a released change',
        'minor: feat',
      ]);
    });
  });

  describe('when only subjects are known', () => {
    it.each([
      'Revert "feat: x"',
      `Revert "feat: x"\n\nThis reverts commit ${a}.`,
      'revert: feat: x',
      'revert: "feat: x"',
      'revert: Revert "feat: x"',
    ])('matches %j where one commit has the subject', revert => {
      expect(judge([revert, 'feat: x', 'fix: y'])[1]).toMatch(
        /^none: reverted by/,
      );
    });

    it('matches none where several have it', () => {
      expect(judge(['revert: feat: x', 'feat: x', 'feat: x'])).toEqual([
        'patch: revert of a released change',
        'minor: feat',
        'minor: feat',
      ]);
    });

    it('matches those that stand when the revert comes', () => {
      const levels = judge([
        'Revert "feat: x"',
        'feat: x',
        'Revert "feat: x"',
        'feat: x',
      ]);
      expect(levels.map(level => level.split(':')[0])).toEqual([
        'none',
        'none',
        'none',
        'none',
      ]);
    });

    it('does not match a description alone', () => {
      expect(judge(['revert: x', 'feat: x'])).toEqual([
        'patch: revert of a released change',
        'minor: feat',
      ]);
    });

    it('follows git into Reapply', () => {
      expect(
        judge(['Reapply "feat: x"', 'Revert "feat: x"', 'feat: x']),
      ).toEqual([
        'none: reverts "Revert "feat: x""',
        'none: reverted by "Reapply "feat: x""',
        'minor: feat',
      ]);
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
        'major: breaking: footer of 2 squashed commits',
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
