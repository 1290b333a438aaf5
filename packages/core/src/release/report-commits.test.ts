import { commitReportSchema } from 'backstage-plugin-dojo-common';
import { parseCommitLog, reportCommits } from './report-commits';

describe('reportCommits', () => {
  it('gives a verdict per message, the level of all, and the next version', () => {
    const report = reportCommits(
      [{ message: 'feat(api): x' }, { message: 'y' }],
      { currentVersion: '1.2.3' },
    );
    expect(report).toEqual({
      commits: [
        {
          subject: 'feat(api): x',
          type: 'feat',
          scope: 'api',
          description: 'x',
          footers: [],
          breaking: false,
          level: 'minor',
          reason: 'feat',
        },
        {
          subject: 'y',
          footers: [],
          breaking: false,
          level: 'none',
          reason: 'not conventional',
        },
      ],
      level: 'minor',
      nextVersion: '1.3.0',
    });
    expect(
      commitReportSchema.parse(JSON.parse(JSON.stringify(report))),
    ).toStrictEqual(report);
  });

  it.each<[string, string, string | null]>([
    ['1.2.3', 'fix: x', '1.2.4'],
    ['1.2.3', 'feat!: x', '2.0.0'],
    ['0.2.3', 'feat!: x', '0.3.0'],
    ['0.0.0', 'feat: x', '0.1.0'],
    ['1.2.3', 'chore: x', null],
    ['1.3.0-rc.1', 'fix: x', '1.3.0'],
    ['1.3.0-rc.1', 'chore: x', null],
  ])('takes %s with %j to %s', (currentVersion, message, nextVersion) => {
    expect(reportCommits([{ message }], { currentVersion })).toMatchObject({
      nextVersion,
    });
  });

  it('names no next version without a current one', () => {
    expect(reportCommits([])).toEqual({ commits: [], level: 'none' });
  });

  it('counts the bodies of squash merges where asked', () => {
    expect(
      reportCommits([{ message: 'chore: all (#1)\n\n* feat: x' }], {
        squash: 'body',
      }).level,
    ).toBe('minor');
  });
});

describe('parseCommitLog', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['\0', ['']],
    ['a\0', ['a']],
    ['a\nb\n\0c\n\0', ['a\nb\n', 'c\n']],
    ['a\0b', ['a', 'b']],
    ['a\0\0b\0', ['a', '', 'b']],
    ['a\0\n', ['a']],
  ])('reads %j', (log, messages) => {
    expect(
      parseCommitLog(log, { hashes: false }).map(({ message }) => message),
    ).toEqual(messages);
  });

  it('reads hashes', () => {
    expect(
      parseCommitLog('a123456\nfeat: x\n\nbody\n\0b123456\n\0c123456\0', {
        hashes: true,
      }),
    ).toEqual([
      { sha: 'a123456', message: 'feat: x\n\nbody\n' },
      { sha: 'b123456', message: '' },
      { sha: 'c123456', message: '' },
    ]);
  });

  it('refuses a message without its hash', () => {
    expect(() => parseCommitLog('feat: x\0', { hashes: true })).toThrow(
      expect.objectContaining({
        code: 'RELEASE_COMMIT_LOG_WITHOUT_HASH',
        message: '"feat: x" is no commit SHA',
      }),
    );
  });
});
