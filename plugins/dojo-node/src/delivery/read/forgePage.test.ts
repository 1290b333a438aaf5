import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { forgePage } from './forgePage';

const integrations = ScmIntegrations.fromConfig(
  mockServices.rootConfig({
    data: {
      integrations: {
        github: [{ host: 'github.com' }],
        gitlab: [
          {
            host: 'gitlab.example.com:8443',
            apiBaseUrl: 'https://gitlab.example.com:8443/api/v4',
          },
        ],
        gitea: [{ host: 'gitea.example.com' }],
      },
    },
  }),
);

describe('forgePage', () => {
  it.each([
    [
      'https://github.com/acme/ledger.git',
      'github',
      'https://github.com/acme/ledger',
    ],
    [
      'https://ada:secret@github.com/acme/ledger',
      'github',
      'https://github.com/acme/ledger',
    ],
    [
      'git@github.com:acme/ledger.git',
      'github',
      'https://github.com/acme/ledger',
    ],
    [
      'ssh://git@github.com:22/acme/ledger.git',
      'github',
      'https://github.com/acme/ledger',
    ],
    [
      'https://gitlab.example.com:8443/a/b/c.git',
      'gitlab',
      'https://gitlab.example.com:8443/a/b/c',
    ],
    [
      'https://gitea.example.com/acme/ledger',
      'other',
      'https://gitea.example.com/acme/ledger',
    ],
  ])('of %s is on %s at %s', (repository, kind, url) => {
    expect(forgePage(repository, integrations)).toEqual({ kind, url });
  });

  it.each([
    'file:ledger.git',
    '/srv/ledger.git',
    'https://elsewhere.example/a/b',
  ])('is none of %s', repository => {
    expect(forgePage(repository, integrations)).toBeUndefined();
  });
});
