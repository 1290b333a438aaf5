import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readComponent } from './readComponent';

const ref = 'component:default/ledger';

function read(annotations: Record<string, string>, kind = 'Component') {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'ledger', namespace: 'default', annotations },
  };
  return readComponent(
    kind === 'Component' ? ref : `${kind.toLowerCase()}:default/ledger`,
    mockCredentials.user(),
    {
      catalog: catalogServiceMock({ entities: [entity] }),
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    },
  );
}

describe('readComponent', () => {
  it('takes repository, branch, image and migrations from the annotations', async () => {
    await expect(
      read({
        'dojo/repository': ' file:ledger.git ',
        'dojo/branch': 'release/1.x',
        'dojo/image': 'ghcr.io/acme/ledger',
        'dojo/migrations': ' db/migrations ',
        'backstage.io/source-location': 'url:https://github.com/acme/other/',
      }),
    ).resolves.toEqual({
      repository: 'file:ledger.git',
      branch: 'release/1.x',
      image: 'ghcr.io/acme/ledger',
      migrations: 'db/migrations',
    });
  });

  it('takes tag prefix and folder from the annotations, as a release takes them', async () => {
    await expect(
      read({
        'dojo/repository': 'file:mono.git',
        'dojo/tag-prefix': ' api-v ',
        'dojo/path': './services/api/',
      }),
    ).resolves.toMatchObject({ tagPrefix: 'api-v', path: 'services/api' });
  });

  it.each([
    ['dojo/path', '../other', 'path: must be a relative path'],
    ['dojo/path', '/etc', 'path: must be a relative path'],
    ['dojo/path', '.', 'path: must be a relative path'],
    ['dojo/tag-prefix', '-x', 'tagPrefix: must be what stands'],
    ['dojo/tag-prefix', 'a..b', 'tagPrefix: must be what stands'],
    ['dojo/tag-prefix', 'a b', 'tagPrefix: must be what stands'],
  ])('refuses %s: %s', async (name, value, message) => {
    await expect(
      read({ 'dojo/repository': 'file:mono.git', [name]: value }),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'INPUT_INVALID',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('takes the repository of the source location where there is no annotation', async () => {
    await expect(
      read({
        'backstage.io/source-location':
          'url:https://github.com/acme/ledger/tree/main/',
        'dojo/image': ' ',
      }),
    ).resolves.toEqual({
      repository: 'https://github.com/acme/ledger',
      migrations: 'migrations',
    });
  });

  it.each([
    {},
    { 'dojo/repository': '' },
    { 'backstage.io/source-location': 'file:/srv/ledger' },
    { 'backstage.io/source-location': 'url:https://unknown.test/a/b' },
    {
      'backstage.io/managed-by-location': 'url:https://github.com/acme/catalog',
    },
  ])('names the annotation to add for %j', async annotations => {
    await expect(
      read(annotations as Record<string, string>),
    ).rejects.toMatchObject({
      code: 'REPOSITORY_MISSING',
      kind: 'refused',
      message:
        'component:default/ledger does not say in which git repository it lives',
      hint: expect.stringContaining('dojo/repository'),
    });
  });

  it('refuses what is no component', async () => {
    await expect(
      read({ 'dojo/repository': 'file:x.git' }, 'System'),
    ).rejects.toMatchObject({
      code: 'NOT_A_COMPONENT',
      kind: 'input',
      message:
        'system:default/ledger is of kind System, and only a Component can be released or migrated',
    });
  });

  it('does not tell an unknown component from one that may not be read', async () => {
    await expect(
      readComponent('component:default/other', mockCredentials.user(), {
        catalog: catalogServiceMock(),
        integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      }),
    ).rejects.toMatchObject({
      code: 'COMPONENT_NOT_FOUND',
      kind: 'not-found',
      message:
        'component:default/other is not in the catalog, or you may not read it',
    });
  });
});
