import { parseRepositoryUrl } from './repository-url';

const cwd = '/srv';

describe('parseRepositoryUrl', () => {
  it.each([
    ['https://github.com/acme/ledger.git', 'http', 'github.com'],
    ['https://GitHub.com/acme/ledger', 'http', 'github.com'],
    ['http://localhost:3000/a.git', 'http', 'localhost:3000'],
    ['https://[::1]:8443/a.git', 'http', '[::1]:8443'],
    ['ssh://git@example.com:2222/a.git', 'ssh', 'example.com:2222'],
    ['git@github.com:acme/ledger.git', 'ssh', 'github.com'],
    ['example.com:a.git', 'ssh', 'example.com'],
  ])('reads %s', (url, kind, host) => {
    expect(parseRepositoryUrl(url, cwd)).toMatchObject({ kind, host });
  });

  it.each([
    ['file:ledger.git', '/srv/ledger.git'],
    ['file:///srv/a%20b.git', '/srv/a b.git'],
    ['file://localhost/srv/a.git', '/srv/a.git'],
    ['file:../up.git', '/up.git'],
    ['/srv/a.git', '/srv/a.git'],
    ['./a b.git', '/srv/a b.git'],
    ['ledger.git', '/srv/ledger.git'],
  ])('reads the local %s', (url, path) => {
    expect(parseRepositoryUrl(url, cwd)).toEqual({ kind: 'local', path });
  });

  it('moves credentials out of the URL', () => {
    expect(
      parseRepositoryUrl('https://ada:s%40cret@example.com/a.git', cwd),
    ).toEqual({
      kind: 'http',
      url: 'https://example.com/a.git',
      host: 'example.com',
      userInfo: 'ada:s@cret',
    });
  });

  it.each([
    ['', /empty/],
    ['   ', /empty/],
    ['-oProxyCommand=x', /hyphen/],
    ['--upload-pack=touch /tmp/x', /blank|hyphen/],
    ['ext::sh -c id', /blank|remote helpers/],
    ['ext::id', /remote helpers/],
    ['fd::17', /remote helpers/],
    ['ftp://example.com/a.git', /ftp: is not allowed/],
    ['git://example.com/a.git', /git: is not allowed/],
    ['gopher://example.com/a', /not allowed/],
    ['https://example.com/a.git\nx', /control/],
    ['https://example.com/a\u0000', /control/],
    ['https://example.com', /names no repository/],
    ['https://example.com/a.git?x=1', /query/],
    ['https://example.com/a.git#x', /fragment/],
    ['https:///a.git', /not a URL|names no repository/],
    ['ssh://-oProxyCommand=id/a.git', /host|URL/],
    ['ssh://-l@example.com/a.git', /user/],
    ['-host:a.git', /hyphen/],
    ['host:-a.git', /path begins with a hyphen/],
    ['ssh://u:secret@example.com/a.git', /password/],
    ['file://other.example/a.git', /no other host/],
    ['file:%zz', /encoded/],
  ])('refuses %j', (url, message) => {
    expect(() => parseRepositoryUrl(url, cwd)).toThrow(
      expect.objectContaining({
        code: 'GIT_URL_INVALID',
        kind: 'input',
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([
    'https://ada:hunter22@example.com/a.git?x',
    'https://ada:hun/hunter22@example.com/a/b',
    'https://ada:hunter22/x@127.0.0.1/x/y',
    'https://ada:%zzhunter22@example.com/a.git',
    'https://example.com/a.git?token=hunter22',
    'https://example.com/a.git#hunter22',
    'https://ada:hunter22',
    'https:/ada:hunter22@example.com/a.git',
    'ada:hunter22@example.com/a.git',
    'ada:hunter22/x@example.com/a.git',
    'ftp://ada:hunter22@example.com/a.git',
    'ssh://hunter22:x@example.com/a.git',
    'hunter22@-example.com:a.git',
  ])('never repeats the credentials of a URL that it refuses: %s', url => {
    expect(() => parseRepositoryUrl(url, cwd)).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('hunter22'),
      }),
    );
  });
});
