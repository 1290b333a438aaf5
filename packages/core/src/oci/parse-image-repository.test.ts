import { parseImageRepository } from './parse-image-repository';

describe('parseImageRepository', () => {
  it.each([
    ['ghcr.io/acme/ledger', 'ghcr.io', 'ghcr.io', 'acme/ledger'],
    ['localhost:5000/ledger', 'localhost:5000', 'localhost:5000', 'ledger'],
    ['localhost/ledger', 'localhost', 'localhost', 'ledger'],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000', '127.0.0.1:5000', 'a/b/c'],
    ['ledger', 'docker.io', 'registry-1.docker.io', 'library/ledger'],
    ['acme/ledger', 'docker.io', 'registry-1.docker.io', 'acme/ledger'],
    ['docker.io/ledger', 'docker.io', 'registry-1.docker.io', 'library/ledger'],
    [
      'index.docker.io/acme/ledger',
      'docker.io',
      'registry-1.docker.io',
      'acme/ledger',
    ],
    ['ghcr.io/a/b__c.d-e--f', 'ghcr.io', 'ghcr.io', 'a/b__c.d-e--f'],
  ])('reads %s', (written, host, apiHost, path) => {
    expect(parseImageRepository(written)).toEqual({
      name: `${host}/${path}`,
      host,
      apiHost,
      path,
    });
  });

  it.each([
    [
      'ghcr.io/Acme/ledger',
      'it has uppercase letters, which registries refuse',
    ],
    [
      'GHCR.io/acme/ledger',
      'it has uppercase letters, which registries refuse',
    ],
    ['-oProxyCommand=x/ledger', 'it begins with a hyphen'],
    ['https://ghcr.io/acme/ledger', 'it has a scheme'],
    ['ghcr.io/acme/ledger:1.0.0', 'it has a tag'],
    ['ledger:1.0.0', 'it has a tag'],
    ['ghcr.io/acme/ledger@sha256:00', 'it has a digest or a user name'],
    ['user:pw@ghcr.io/acme/ledger', 'it has a digest or a user name'],
    ['ghcr.io/acme/../ledger', '".." is not a path component'],
    ['ghcr.io/acme//ledger', '"" is not a path component'],
    ['ghcr.io/acme/ledger/', '"" is not a path component'],
    ['ghcr.io/acme/led ger', '"led ger" is not a path component'],
    ['ghcr.io/acme/-ledger', '"-ledger" is not a path component'],
    ['ghcr.io:port/ledger', '"ghcr.io:port" is not a host'],
    ['ghcr.io\\@evil.test/ledger', 'it has a digest or a user name'],
    ['', '"" is not a path component'],
    [`ghcr.io/${'a'.repeat(256)}`, 'its path is longer than 255 characters'],
  ])('refuses "%s"', (written, problem) => {
    expect(() => parseImageRepository(written)).toThrow(
      expect.objectContaining({
        code: 'IMAGE_REPOSITORY_INVALID',
        kind: 'input',
        message: expect.stringContaining(problem),
      }),
    );
  });

  it.each([
    'user:hunter22@ghcr.io/acme/ledger',
    'https://user:hunter22@ghcr.io/acme/ledger',
    'https://user:hun/hunter22@ghcr.io/acme/ledger',
    'https://ghcr.io/acme/ledger?token=hunter22',
  ])('never repeats the credentials of what it refuses: %s', written => {
    expect(() => parseImageRepository(written)).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('hunter22'),
      }),
    );
  });
});
