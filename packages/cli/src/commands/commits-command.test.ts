import { commitReportSchema } from 'backstage-plugin-dojo-common';
import { runDojo } from '../__testUtils__/run-dojo';

const report = async (args: readonly string[], stdin: string | Buffer) => {
  const { code, stdout } = await runDojo(['commits', '--json', ...args], {
    stdin,
  });
  return { code, ...commitReportSchema.parse(JSON.parse(stdout)) };
};

describe('dojo commits', () => {
  it('gives one verdict per message, in the order given', async () => {
    const { code, commits, level } = await report(
      [],
      'feat(api)!: b\n\0fix: a\n\0whatever\n\0',
    );
    expect(code).toBe(0);
    expect(level).toBe('major');
    expect(
      commits.map(({ type, breaking, level: own }) => [type, breaking, own]),
    ).toEqual([
      ['feat', true, 'major'],
      ['fix', false, 'patch'],
      [undefined, false, 'none'],
    ]);
  });

  it.each([
    ['1.2.3', 'feat: a', '1.3.0'],
    ['1.2.3', 'chore: a', null],
    ['0.2.3', 'feat!: a', '0.3.0'],
    ['1.1.0-rc.1', 'feat: a', '1.1.0'],
    ['1.1.0-rc.1', 'feat!: a', '2.0.0'],
  ])('tells what follows %s after %j', async (current, message, next) => {
    const { nextVersion } = await report(
      ['--current-version', current],
      message,
    );
    expect(nextVersion).toBe(next);
  });

  it('shows a person what a terminal would obey', async () => {
    const { stdout } = await runDojo(['commits'], {
      stdin: 'feat: \u001b]0;title\u0007\0',
    });
    expect(stdout).toContain('minor  feat: \ufffd]0;title\ufffd  [feat]');
  });

  it('matches reverts by the hashes', async () => {
    const sha = 'a'.repeat(40);
    const { level } = await report(
      ['--hashes'],
      `${'b'.repeat(
        40,
      )}\nRevert "feat: a"\n\nThis reverts commit ${sha}.\n\0${sha}\nfeat: a\n\0`,
    );
    expect(level).toBe('none');
  });

  it('tolerates a missing last NUL, and no input at all', async () => {
    expect((await report([], 'fix: a\0fix: b')).commits).toHaveLength(2);
    expect((await report([], '')).commits).toEqual([]);
  });

  it('survives bytes that are no UTF-8', async () => {
    const { commits } = await report(
      [],
      Buffer.concat([Buffer.from('fix: '), Buffer.from([0xff, 0xfe])]),
    );
    expect(commits[0]).toMatchObject({ type: 'fix', level: 'patch' });
  });

  it('exits 3 with --strict where a message is not conventional', async () => {
    expect((await report(['--strict'], 'fix: a\0oops\0')).code).toBe(3);
    expect((await report(['--strict'], 'fix: a\0')).code).toBe(0);
  });

  it('prints a line per message', async () => {
    const { stdout } = await runDojo(
      ['commits', '--current-version', '1.0.0'],
      { stdin: 'feat: a\0\0' },
    );
    expect(stdout).toMatch(
      /^minor {2}feat: a {2}\[.*\]\nnone {3}\(empty\) .*\nlevel: minor\nnext version: 1\.1\.0\n$/,
    );
  });

  it.each([
    ['--current-version', 'one'],
    ['--squash', 'all'],
  ])('refuses %s %s with code 2', async (...args) => {
    const { code, stderr } = await runDojo(['commits', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/dojo commits is not valid/);
  });
});
