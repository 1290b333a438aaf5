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
    [['migrate'], "required option '--migrations <dir>' not specified"],
    [['restore', '--force'], "required option '--database <file>'"],
    [['commits', '--force'], "unknown option '--force'"],
    [['publish'], "unknown command 'publish'"],
  ])('says what is wrong with %j in JSON too', async (args, message) => {
    const { code, stdout, stderr } = await runDojo([...args, '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'INPUT_INVALID',
        kind: 'input',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('--help'),
      },
    });
    expect(stderr).toMatch(/^error: /);
  });

  it('lists every command', async () => {
    const { code, stdout } = await runDojo(['--help']);
    const [, list] = stdout.split('Commands:\n');
    const names = list.match(/(?<=^ {2})[a-z-]+/gm);
    expect({ code, names }).toEqual({
      code: 0,
      names: [
        'release',
        'deploy',
        'commits',
        'migrate',
        'rebuild-caches',
        'restore',
        'render',
        'health',
        'status',
        'help',
      ],
    });
  });

  it.each([
    ['relese', "error: unknown command 'relese'\n(Did you mean release?)\n"],
    [
      'restores',
      "error: unknown command 'restores'\n(Did you mean restore?)\n",
    ],
    ['publish', "error: unknown command 'publish'\n"],
  ])('refuses %s, with what may be meant', async (name, stderr) => {
    expect(await runDojo([name])).toEqual({ code: 2, stdout: '', stderr });
  });

  it.each([
    [['release', '--help'], /Example:\n {2}dojo release --repository/],
    [['commits', '--help'], /Example:\n {2}git log -z/],
    [['migrate', '--help'], /Example:\n {2}dojo migrate --database/],
    [
      ['rebuild-caches', '--help'],
      /Example:\n {2}dojo rebuild-caches --database/,
    ],
    [['help', 'migrate'], /Example:\n {2}dojo migrate --database/],
    [['restore', '--help'], /Example:\n {2}dojo restore --database/],
  ])('helps with %j', async (args, text) => {
    const { code, stdout } = await runDojo(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(text);
  });

  it.each([
    [['release']],
    [[]],
    [['migrate']],
    [['migrate', '--migrations', 'm', '--check', '--dry-run']],
    [['rebuild-caches', '--database', 'l']],
    [['restore']],
  ])('exits 2 for %j', async args => {
    const { code, stdout, stderr } = await runDojo(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it.each([
    [['--migrations', 'm'], 'database: required'],
    [['--migrations', 'm', '--check', '--order', 'x'], 'order: '],
    [['--migrations', 'm', '--check', '--keep-backups', '0'], 'keepBackups: '],
    [
      ['--migrations', 'm', '--database', 'l', '--current'],
      '--current means nothing without --check',
    ],
    [
      ['--migrations', 'm', '--database', 'l', '--no-rehearsal'],
      '--no-rehearsal means nothing without --dry-run',
    ],
    [
      ['--migrations', 'm', '--database', 'l', '--plan-hash', 'x'],
      'planHash: must be the planHash of a plan: 64 hexadecimal digits in lower case',
    ],
    [
      [
        ...['--migrations', 'm', '--database', 'l', '--order', 'dml'],
        ...['--keep-backups', '0', '--storage-version', 'v9'],
        ...['--plan-hash', 'latest'],
      ],
      /order: .*keepBackups: .*storageVersion: .*planHash: /,
    ],
  ])('says what is wrong with dojo migrate %j', async (args, text) => {
    const { code, stdout, stderr } = await runDojo(['migrate', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(text);
    expect(stderr).toContain('INPUT_INVALID');
  });

  it('says all that is wrong with dojo release at once', async () => {
    const { code, stdout, stderr } = await runDojo([
      ...['release', '--repository', 'r', '--bump', 'huge'],
      ...['--plan-hash', 'x', '--abandon', 'y'],
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/bump: .*planHash: .*abandon: .*INPUT_INVALID/);
  });
});
