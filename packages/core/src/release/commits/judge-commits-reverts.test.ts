import { judge, sha } from '../__testUtils__/judge';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(sha);

describe('judgeCommits, of reverts', () => {
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

    it('finds it anywhere in the range: of two lines, neither comes first', () => {
      expect(judge([`${a}|feat: x`, `${b}|revert: y\n\nRefs: ${a}`])).toEqual([
        'none: reverted by bbbbbbb',
        'none: reverts aaaaaaa',
      ]);
    });

    it('gives back what a revert took, where its own revert is on another line', () => {
      expect(
        judge([
          `${b}|Revert "feat: x"\n\nThis reverts commit ${a}.`,
          `${c}|Reapply "feat: x"\n\nThis reverts commit ${b}.`,
          `${a}|feat: x`,
        ]),
      ).toEqual([
        'none: reverted by ccccccc',
        'none: reverts bbbbbbb',
        'minor: feat',
      ]);
    });

    it('names a hundred of what it took back by the first twenty', () => {
      const shas = Array.from({ length: 100 }, (_, index) =>
        `${index}`.padStart(40, 'a'),
      );
      const [reason] = judge([
        `${b}|revert: all\n\nRefs: ${shas.join(', ')}`,
        ...shas.map(oid => `${oid}|fix: x`),
      ]);
      expect(reason).toBe(`none: reverts ${'aaaaaaa, '.repeat(20)}…`);
    });

    it('does not believe prose', () => {
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
});
