import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { type ComponentAllowance, readComponent } from './readComponent';

const ref = 'component:default/ledger';

const allowed: ComponentAllowance = {
  repositories: [{ pattern: 'file:*' }],
  images: [{ pattern: 'ghcr.io/acme/*' }],
  infra: [{ pattern: 'file:infra' }],
};
const nothing: ComponentAllowance = { repositories: [], images: [], infra: [] };

function read(
  annotations: Record<string, string>,
  kind = 'Component',
  allow = allowed,
) {
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'ledger', namespace: 'default', annotations },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/accounting' }],
  };
  return readComponent(
    kind === 'Component' ? ref : `${kind.toLowerCase()}:default/ledger`,
    mockCredentials.user(),
    {
      catalog: catalogServiceMock({ entities: [entity] }),
      integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
      allow,
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
      basePath: 'deploy/k8s/base',
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
        'backstage.io/managed-by-location':
          'url:https://github.com/acme/ledger/blob/main/catalog-info.yaml',
        'dojo/image': ' ',
      }),
    ).resolves.toEqual({
      repository: 'https://github.com/acme/ledger',
      migrations: 'migrations',
      basePath: 'deploy/k8s/base',
    });
  });

  const from = (repository: string) => ({
    'backstage.io/managed-by-location': `url:https://github.com/${repository}/blob/main/catalog-info.yaml`,
  });

  it.each([
    'https://github.com/acme/ledger',
    'https://github.com/Acme/Ledger.git',
    'git@github.com:acme/ledger.git',
  ])('takes %s of a file that came from it', async repository => {
    await expect(
      read(
        { ...from('acme/ledger'), 'dojo/repository': repository },
        'Component',
        nothing,
      ),
    ).resolves.toMatchObject({ repository });
  });

  it.each([
    'https://github.com/acme/payments',
    'https://github.com/acme/ledger-2',
    'http://github.com/acme/ledger',
    'https://github.com.evil.test/acme/ledger',
    'https://github.com/acme/ledger/../payments',
    'file:payments.git',
  ])('refuses %s of a file that came from another', async repository => {
    await expect(
      read(
        { ...from('acme/ledger'), 'dojo/repository': repository },
        'Component',
        nothing,
      ),
    ).rejects.toMatchObject({
      code: 'REPOSITORY_NOT_ALLOWED',
      kind: 'refused',
      message: expect.stringMatching(/: it came from .*acme\/ledger$/),
      hint: expect.stringContaining('dojo.allow.repositories'),
    });
  });

  it('refuses a source location that the file itself wrote', async () => {
    await expect(
      read(
        {
          ...from('acme/ledger'),
          'backstage.io/source-location':
            'url:https://github.com/acme/payments/tree/main/',
        },
        'Component',
        nothing,
      ),
    ).rejects.toMatchObject({ code: 'REPOSITORY_NOT_ALLOWED' });
  });

  it('refuses another repository of a file that came from no repository, and shows no credentials', async () => {
    await expect(
      read(
        {
          'backstage.io/managed-by-location': 'file:/srv/entities.yaml',
          'dojo/repository': 'https://bot:secret@github.com/acme/payments',
        },
        'Component',
        nothing,
      ),
    ).rejects.toMatchObject({
      message:
        'component:default/ledger may not use the repository https://github.com/acme/payments: it came from no repository that this portal can tell',
    });
    await expect(
      read({ 'dojo/repository': 'https://bot:sec/ret@x/y' }, 'Component'),
    ).rejects.toMatchObject({
      message: expect.not.stringContaining('sec'),
    });
  });

  it('takes what is allowed to its owner, and refuses it to others', async () => {
    const place = { 'dojo/repository': 'https://github.com/acme/payments' };
    const to = (owner: string) => ({
      repositories: [{ pattern: 'https://github.com/acme/*', owner }],
      images: [],
      infra: [],
    });

    await expect(
      read(place, 'Component', to('group:default/accounting')),
    ).resolves.toMatchObject({ repository: place['dojo/repository'] });
    await expect(
      read(place, 'Component', to('group:default/others')),
    ).rejects.toMatchObject({ code: 'REPOSITORY_NOT_ALLOWED' });
  });

  it('takes where overlays and base are from the annotations', async () => {
    const place = { 'dojo/repository': 'file:ledger.git' };
    await expect(
      read({
        ...place,
        'dojo/infra': 'file:infra.git',
        'dojo/base-path': './k8s/base/',
      }),
    ).resolves.toMatchObject({ infra: 'file:infra.git', basePath: 'k8s/base' });
    await expect(
      read({ ...place, 'dojo/path': 'services/api' }),
    ).resolves.toMatchObject({ basePath: 'services/api/deploy/k8s/base' });
    await expect(
      read({ ...place, 'dojo/base-path': '../other' }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it.each([
    ['file:ledger.git', 'file:ledger'],
    [
      'https://bot:secret@github.com/acme/infra',
      'https://github.com/acme/infra',
    ],
    ['secret@infra', 'that it names'],
  ])('refuses the repository of overlays %s', async (infra, shown) => {
    await expect(
      read({ 'dojo/repository': 'file:ledger.git', 'dojo/infra': infra }),
    ).rejects.toMatchObject({
      code: 'INFRA_NOT_ALLOWED',
      kind: 'refused',
      message: `component:default/ledger may not keep its overlays in the repository ${shown}`,
    });
  });

  it('refuses an image that is not allowed', async () => {
    await expect(
      read({
        'dojo/repository': 'file:ledger.git',
        'dojo/image': 'ghcr.io/others/payments',
      }),
    ).rejects.toMatchObject({
      code: 'IMAGE_NOT_ALLOWED',
      kind: 'refused',
      message:
        'component:default/ledger may not use the image ghcr.io/others/payments',
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
        allow: nothing,
      }),
    ).rejects.toMatchObject({
      code: 'COMPONENT_NOT_FOUND',
      kind: 'not-found',
      message:
        'component:default/other is not in the catalog, or you may not read it',
    });
  });
});
