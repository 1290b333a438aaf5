import { version } from '../package.json';
import { runDojo } from './__testUtils__/run-dojo';

describe('dojo', () => {
  it('tells its version', async () => {
    expect(await runDojo(['--version'])).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it.each([
    [['--help'], /release .*\n[\s\S]*commits /],
    [['release', '--help'], /Example:\n {2}dojo release --repository/],
    [['commits', '--help'], /Example:\n {2}git log -z/],
  ])('helps with %j', async (args, text) => {
    const { code, stdout } = await runDojo(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(text);
  });

  it.each([[['deploi']], [['release']], [[]]])('exits 2 for %j', async args => {
    const { code, stdout, stderr } = await runDojo(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });
});
