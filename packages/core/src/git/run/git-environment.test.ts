import { gitEnvironment } from './git-environment';

describe('gitEnvironment', () => {
  it('takes nothing of the machine but where things are', () => {
    const environment = gitEnvironment(
      {
        PATH: '/bin',
        HTTPS_PROXY: 'http://proxy',
        GIT_SSL_CAINFO: '/ca.pem',
        GIT_DIR: '/elsewhere',
        GIT_TRACE: '1',
        GIT_ASKPASS: '/ask',
        GITHUB_TOKEN: 'secret',
        GIT_CONFIG_PARAMETERS: "'core.pager=id'",
      },
      {},
    );
    expect(environment).toMatchObject({
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy',
      GIT_SSL_CAINFO: '/ca.pem',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    });
    for (const name of [
      'GIT_DIR',
      'GIT_TRACE',
      'GIT_ASKPASS',
      'GITHUB_TOKEN',
      'GIT_CONFIG_PARAMETERS',
    ]) {
      expect(environment).not.toHaveProperty(name);
    }
  });

  it('allows no transport unless it is named', () => {
    expect(gitEnvironment({}, {}).GIT_ALLOW_PROTOCOL).toBe('');
    expect(
      gitEnvironment({}, { protocols: ['https'] }).GIT_ALLOW_PROTOCOL,
    ).toBe('https');
  });

  it('carries configuration beside the argument vector', () => {
    const environment = gitEnvironment(
      {},
      {
        config: new Map([['http.https://a/.extraHeader', 'Authorization: x']]),
      },
    );
    const count = Number(environment.GIT_CONFIG_COUNT);
    expect(environment[`GIT_CONFIG_KEY_${count - 1}`]).toBe(
      'http.https://a/.extraHeader',
    );
    expect(environment[`GIT_CONFIG_VALUE_${count - 1}`]).toBe(
      'Authorization: x',
    );
    expect(environment).toMatchObject({ GIT_CONFIG_KEY_0: 'core.hooksPath' });
  });
});
