import { judge, sha } from '../__testUtils__/judge';

const a = sha('a');

describe('judgeCommits, of reverts by subject', () => {
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

  describe('when thousands revert each other', () => {
    const name = (index: number) => index.toString(16).padStart(40, '0');
    const chain = (length: number) => [
      ...Array.from({ length }, (_, index) => length - index).map(
        index =>
          `${name(index)}|Revert "x"\n\nThis reverts commit ${name(
            index - 1,
          )}.`,
      ),
      `${name(0)}|feat: x`,
    ];

    it('judges any number of levels in time that grows with it', () => {
      expect(judge(chain(5_000))).toHaveLength(5_001);
    });
  });

  describe('when thousands have one title', () => {
    it('judges them without comparing each with each', () => {
      const count = 10_000;
      const reasons = new Set(
        judge([
          ...Array.from({ length: count }, () => 'Revert "feat: x"'),
          ...Array.from({ length: count }, () => 'feat: x'),
        ]),
      );
      expect(reasons).toEqual(
        new Set(['patch: revert of a released change', 'minor: feat']),
      );
    });

    it('finds the one that stands, however often it was taken back', () => {
      const pairs = 5_000;
      const messages = Array.from({ length: pairs }, () => [
        'Revert "feat: x"',
        'feat: x',
      ]).flat();
      const reasons = judge(messages);
      expect(new Set(reasons)).toEqual(
        new Set([
          'none: reverts "feat: x"',
          'none: reverted by "Revert "feat: x""',
        ]),
      );
      expect(judge(messages.slice(1))[0]).toBe('minor: feat');
    });
  });
});
