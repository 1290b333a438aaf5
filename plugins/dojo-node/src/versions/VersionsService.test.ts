import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Access } from '../access/Access';
import { VersionsService } from './VersionsService';

const options = {
  credentials: mockCredentials.user('user:default/eve'),
  signal: new AbortController().signal,
};

/** A service over a repository with these tags. */
function setup(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  tags: readonly string[] = [],
  notes: Readonly<Record<string, string>> = {},
) {
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn(async () => [{ result }]),
  });
  const dispose = jest.fn(async () => {});
  const openRepository = jest.fn(async () => ({
    readRefs: async () => ({
      branches: new Map(),
      tags: tags.map(name => ({ name, oid: 'a', commit: `c-${name}` })),
    }),
    readNotes: async (_ref: string, commits: readonly string[]) =>
      commits.map(commit => notes[commit]),
    dispose,
  }));
  const service = new VersionsService({
    access: new Access({ auditor: mockServices.auditor.mock(), permissions }),
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'ledger',
            annotations: { 'dojo/repository': 'file:ledger.git' },
          },
        },
      ],
    }),
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    allow: { repositories: [{ pattern: 'file:*' }], images: [], infra: [] },
    openRepository: openRepository as unknown as ConstructorParameters<
      typeof VersionsService
    >[0]['openRepository'],
  });
  return { service, permissions, openRepository, dispose };
}

describe('VersionsService', () => {
  it('opens nothing where the permission is denied', async () => {
    const { service, openRepository } = setup(AuthorizeResult.DENY);

    await expect(
      service.list({ component: 'Ledger' }, options),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      dojo: { code: 'PERMISSION_DENIED' },
    });
    expect(openRepository).not.toHaveBeenCalled();
  });

  it('gives the versions, highest first, as who may read its delivery', async () => {
    const { service, permissions, dispose } = setup(AuthorizeResult.ALLOW, [
      'v0.3.0',
      'v0.4.0-rc.1',
      'nightly',
    ]);

    await expect(
      service.list({ component: 'ledger' }, options),
    ).resolves.toEqual({
      versions: [
        { version: '0.4.0-rc.1', tag: 'v0.4.0-rc.1', isStable: false },
        { version: '0.3.0', tag: 'v0.3.0', isStable: true },
      ],
      total: 2,
    });
    expect(permissions.authorize).toHaveBeenCalledWith(
      [
        {
          permission: expect.objectContaining({ name: 'dojo.delivery.read' }),
          resourceRef: 'component:default/ledger',
        },
      ],
      { credentials: options.credentials },
    );
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  it('says which of them are rejected, and why', async () => {
    const note = JSON.stringify({
      kind: 'rejected',
      version: 'v0.4.1',
      by: 'user:default/ada',
      at: '2026-11-29T12:00:00.000Z',
      reason: 'wrong time zone value',
    });
    const { service } = setup(AuthorizeResult.ALLOW, ['v0.4.0', 'v0.4.1'], {
      'c-v0.4.0': 'looks good',
      'c-v0.4.1': note,
    });

    const { versions } = await service.list({ component: 'ledger' }, options);
    expect(versions).toEqual([
      {
        version: '0.4.1',
        tag: 'v0.4.1',
        isStable: true,
        rejected: 'wrong time zone value',
      },
      { version: '0.4.0', tag: 'v0.4.0', isStable: true },
    ]);
  });

  it('gives a hundred, and says how many there are', async () => {
    const { service } = setup(
      AuthorizeResult.ALLOW,
      Array.from({ length: 120 }, (_, index) => `v0.${index}.0`),
    );

    const { versions, total } = await service.list(
      { component: 'ledger' },
      options,
    );
    expect(versions).toHaveLength(100);
    expect(versions[0].version).toBe('0.119.0');
    expect(total).toBe(120);
  });

  it('says in the words of the errors what went wrong, and closes what it opened', async () => {
    const { service, openRepository, dispose } = setup(AuthorizeResult.ALLOW);
    openRepository.mockResolvedValue({
      readRefs: async () => {
        throw new Error('cut');
      },
      readNotes: async () => [],
      dispose,
    });

    await expect(
      service.list({ component: 'ledger' }, options),
    ).rejects.toThrow('cut');
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});
