import { judge, sha } from '../__testUtils__/judge';

const [root, a, b, c] = ['0', 'a', 'b', 'c'].map(sha);

const merge = (message: string) => ({ sha: c, parents: [root, b], message });
const brought = (message: string) => ({ sha: b, parents: [a], message });
const other = { sha: a, parents: [root], message: 'fix: other' };

describe('judgeCommits, of a change that is told twice', () => {
  it.each([
    ['feat: write an SBOM (#372)', 'feat: write an SBOM'],
    ['feat: write an SBOM', 'feat: write an SBOM'],
    ['Feat(api): x (#3)', 'feat( api ): x'],
  ])('counts the commit, not its merge: %s', (title, message) => {
    expect(judge([merge(title), brought(message), other])).toEqual([
      'none: merge commit of bbbbbbb',
      'minor: feat',
      'patch: fix',
    ]);
  });

  it('counts the merge where only that breaks', () => {
    const message = 'feat: x (#3)\n\nBREAKING CHANGE: gone';
    expect(judge([merge(message), brought('feat: x'), other])).toEqual([
      'major: BREAKING CHANGE footer',
      'none: told by ccccccc',
      'patch: fix',
    ]);
  });

  it('counts both where they say different things, or nothing was merged', () => {
    expect(judge([merge('feat: y'), brought('feat: x'), other])).toEqual([
      'minor: feat',
      'minor: feat',
      'patch: fix',
    ]);
    expect(
      judge([
        { sha: c, parents: [b], message: 'fix: x' },
        { sha: b, parents: [root], message: 'fix: x' },
      ]),
    ).toEqual(['patch: fix', 'patch: fix']);
  });

  it('counts neither where the commit was taken back', () => {
    expect(
      judge([
        {
          sha: sha('d'),
          parents: [c],
          message: `Revert "feat: x"\n\nThis reverts commit ${b}.`,
        },
        merge('feat: x (#3)'),
        brought('feat: x'),
        other,
      ]),
    ).toEqual([
      'none: reverts bbbbbbb',
      'none: merge commit of bbbbbbb',
      'none: reverted by ddddddd',
      'patch: fix',
    ]);
  });

  it('counts a commit once that was picked from a branch which came as well', () => {
    const picked = `fix: x\n\n(cherry picked from commit ${b})`;
    const main = { sha: root, parents: [], message: picked };
    expect(
      judge([merge('Merge branch "1.x"'), brought('fix: x'), other, main]),
    ).toEqual([
      'none: merge commit',
      'patch: fix',
      'patch: fix',
      'none: cherry-pick of bbbbbbb',
    ]);
  });

  it('counts the pick of a commit that was taken back', () => {
    expect(
      judge([
        `${c}|fix: x\n\n(cherry picked from commit ${a})`,
        `${b}|Revert "fix: x"\n\nThis reverts commit ${a}.`,
        `${a}|fix: x`,
      ]),
    ).toEqual([
      'patch: fix',
      'none: reverts aaaaaaa',
      'none: reverted by bbbbbbb',
    ]);
  });

  it('takes no squash for a merge, whatever its subject is', () => {
    const message = 'Merge pull request #1 from a/b';
    expect(judge([{ sha: a, parents: [root], message }])).toEqual([
      'none: not conventional',
    ]);
    expect(judge([{ sha: a, parents: [root, b], message }])).toEqual([
      'none: merge commit',
    ]);
  });
});
