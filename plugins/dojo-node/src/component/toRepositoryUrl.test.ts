import { toRepositoryUrl } from './toRepositoryUrl';

describe('toRepositoryUrl', () => {
  it.each([
    [
      'github',
      'https://github.com/acme/ledger',
      'https://github.com/acme/ledger',
    ],
    [
      'github',
      'https://github.com/acme/ledger/tree/main/',
      'https://github.com/acme/ledger',
    ],
    [
      'github',
      'https://github.com/acme/ledger/blob/main/catalog-info.yaml?x=1#L3',
      'https://github.com/acme/ledger',
    ],
    [
      'github',
      'https://bot:secret@github.com/acme/ledger',
      'https://github.com/acme/ledger',
    ],
    [
      'gitea',
      'https://gitea.acme.test:3000/acme/ledger/src/branch/main',
      'https://gitea.acme.test:3000/acme/ledger',
    ],
    [
      'bitbucketCloud',
      'https://bitbucket.org/acme/ledger/src/main/',
      'https://bitbucket.org/acme/ledger',
    ],
    [
      'gitlab',
      'https://gitlab.com/acme/money/ledger/-/tree/main/',
      'https://gitlab.com/acme/money/ledger',
    ],
    [
      'gitlab',
      'https://gitlab.com/acme/ledger',
      'https://gitlab.com/acme/ledger',
    ],
    ['github', 'https://github.com/acme', undefined],
    ['gitlab', 'https://gitlab.com/acme/-/x', undefined],
    ['azure', 'https://dev.azure.com/acme/p/_git/ledger', undefined],
    [undefined, 'https://unknown.test/acme/ledger', undefined],
    ['github', 'file:///etc/passwd', undefined],
    ['github', 'not a url', undefined],
  ])('reads %s %s as %s', (integration, location, repository) => {
    expect(toRepositoryUrl(location, integration)).toBe(repository);
  });
});
