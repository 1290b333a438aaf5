import { parseGitFailure, saidByRemote } from './parse-git-failure';

const context = {
  verb: 'fetch',
  repository: 'https://example.com/a.git',
  secrets: ['hunter22'],
};

describe('parseGitFailure', () => {
  it.each([
    [
      'error: Server does not allow request for unadvertised object 8b710d62bb11',
      'GIT_OBJECT_MISSING',
    ],
    [
      "fatal: detected dubious ownership in repository at '/a'",
      'GIT_FOREIGN_OWNER',
    ],
    [
      "fatal: unable to access 'https://example.com/a.git/': The requested URL returned error: 302",
      'GIT_REDIRECTED',
    ],
    [
      "fatal: could not read Username for 'https://example.com': terminal prompts disabled",
      'GIT_DENIED',
    ],
    [
      "fatal: Authentication failed for 'https://example.com/a.git/'",
      'GIT_DENIED',
    ],
    ['git@example.com: Permission denied (publickey).', 'GIT_DENIED'],
    [
      'fatal: unable to access: The requested URL returned error: 403',
      'GIT_DENIED',
    ],
    [
      "fatal: repository 'https://example.com/a.git/' not found",
      'GIT_REPOSITORY_NOT_FOUND',
    ],
    [
      "fatal: '/a.git' does not appear to be a git repository",
      'GIT_REPOSITORY_NOT_FOUND',
    ],
    [
      "fatal: unable to access 'https://example.com/': Could not resolve host: example.com",
      'GIT_UNAVAILABLE',
    ],
    ['fatal: the remote end hung up unexpectedly', 'GIT_UNAVAILABLE'],
    ['fatal: something new', 'GIT_FAILED'],
  ])('reads %j', (stderr, code) => {
    expect(parseGitFailure({ stderr }, context)).toMatchObject({ code });
  });

  it('tells it in one line, without secrets or control characters', () => {
    const base64 = Buffer.from('ada:hunter22').toString('base64');
    const { message } = parseGitFailure(
      { stderr: `noise\nfatal: a \u001b[31mhunter22\nerror: b ${base64}\n` },
      { ...context, secrets: ['hunter22', base64] },
    );
    expect(message).toBe(
      'git fetch of https://example.com/a.git failed: a [31m[redacted]; b [redacted]',
    );
  });
});

describe('parseGitFailure where no token was sent', () => {
  const refused = (repository: string, tokenHint?: string) =>
    parseGitFailure(
      { stderr: 'fatal: could not read Username: terminal prompts disabled\n' },
      { verb: 'ls-remote', repository, secrets: [], tokenHint },
    );

  it('names the host, and says where a token is given', () => {
    expect(refused('https://git.example:8443/acme/a.git')).toMatchObject({
      code: 'GIT_DENIED',
      message: 'git.example:8443 refuses: no token for this host.',
      hint: 'Add it under integrations.',
    });
    expect(refused('https://git.example/a.git', 'Set A_TOKEN.').hint).toBe(
      'Set A_TOKEN.',
    );
  });

  it.each(['http://git.example/a.git', 'git@git.example:a.git'])(
    'asks for none where none would be sent: %s',
    repository => {
      expect(refused(repository).message).toContain('token missing or refused');
    },
  );
});

describe('parseGitFailure of ssh', () => {
  it.each([
    'ssh: connect to host example.com port 22: Connection refused',
    'git@example.com: Permission denied (publickey).',
    'Host key verification failed.',
  ])('tells what ssh said: %s', said => {
    const { message } = parseGitFailure(
      { stderr: `${said}\nfatal: Could not read from remote repository.\n` },
      context,
    );
    expect(message).toContain(said);
  });

  it('says what to do about a host key that is not known', () => {
    expect(
      parseGitFailure({ stderr: 'Host key verification failed.\n' }, context),
    ).toMatchObject({
      code: 'GIT_DENIED',
      hint: expect.stringContaining('known_hosts'),
    });
  });
});

describe('saidByRemote', () => {
  it('gives the words of the hook and the reason', () => {
    expect(
      saidByRemote(
        {
          code: 1,
          stdout: Buffer.from('!\ta:b\t[remote rejected] (hook declined)\n'),
          stderr: 'remote: not on Sunday        \nremote: \nerror: failed\n',
        },
        [],
      ),
    ).toBe('not on Sunday (hook declined)');
  });
});
