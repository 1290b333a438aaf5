import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Access } from '../access/Access';
import { RejectionService } from './RejectionService';

const options = {
  credentials: mockCredentials.user('user:default/eve'),
  signal: new AbortController().signal,
};
const request = {
  component: 'ledger',
  version: 'v0.4.1',
  reason: ' wrong time zone\nvalue ',
};
const at = '2026-11-29T12:00:00.000Z';
const rejection = {
  version: 'v0.4.1',
  by: 'user:default/eve',
  at,
  reason: 'wrong time zone value',
};

/** A service over a repository of one version. */
function setup(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn(async () => [{ result }]),
  });
  const auditor = mockServices.auditor.mock();
  const onRun = jest.fn();
  let note: string | undefined;
  const dispose = jest.fn(async () => {});
  const openBase = jest.fn(async () => ({
    display: 'file:ledger.git',
    resolveTag: async (tag: string) => (tag === 'v0.4.1' ? 'c1' : undefined),
    readNote: async () => note,
    appendNote: async ({ text }: { text: (held?: string) => string }) => {
      const more = text(note);
      if (more !== '') note = `${note ?? ''}${more}\n`;
    },
    dispose,
  }));
  const service = new RejectionService({
    access: new Access({ auditor, permissions, onRun }),
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
    openBase: openBase as unknown as ConstructorParameters<
      typeof RejectionService
    >[0]['openBase'],
    author: { name: 'Dojo', email: 'dojo@example.test' },
    clock: { now: () => new Date(at) },
  });
  return { service, permissions, auditor, onRun, openBase, dispose };
}

describe('RejectionService', () => {
  it.each(['plan', 'reject'] as const)(
    'opens nothing in %s where the permission is denied',
    async verb => {
      const { service, openBase } = setup(AuthorizeResult.DENY);
      await expect(service[verb](request, options)).rejects.toMatchObject({
        name: 'NotAllowedError',
        dojo: { code: 'PERMISSION_DENIED' },
      });
      expect(openBase).not.toHaveBeenCalled();
    },
  );

  it('plans without a word in the repository', async () => {
    const { service, permissions, dispose, onRun } = setup();
    const planned = {
      outcome: 'planned',
      commit: 'c1',
      rejection: { ...rejection, reason: 'wrong time zone\nvalue' },
    };
    await expect(service.plan(request, options)).resolves.toEqual(planned);
    await expect(service.plan(request, options)).resolves.toEqual(planned);
    expect(permissions.authorize).toHaveBeenCalledWith(
      [
        {
          permission: expect.objectContaining({ name: 'dojo.delivery.read' }),
          resourceRef: 'component:default/ledger',
        },
      ],
      { credentials: options.credentials },
    );
    expect(dispose).toHaveBeenCalledTimes(2);
    expect(onRun).not.toHaveBeenCalled();
  });

  it('notes it as the initiator, once, and says so to whoever listens', async () => {
    const { service, permissions, auditor, onRun } = setup();
    await expect(service.reject(request, options)).resolves.toEqual({
      outcome: 'rejected',
      commit: 'c1',
      rejection,
    });
    const later = { ...request, reason: 'another one' };
    for (const verb of ['reject', 'plan'] as const) {
      await expect(service[verb](later, options)).resolves.toEqual({
        outcome: 'already-rejected',
        commit: 'c1',
        rejection,
      });
    }
    expect(permissions.authorize).toHaveBeenCalledWith(
      [
        {
          permission: expect.objectContaining({
            name: 'dojo.deployment.create',
          }),
          resourceRef: 'component:default/ledger',
        },
      ],
      { credentials: options.credentials },
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'rejection' }),
    );
    expect(onRun).toHaveBeenLastCalledWith({
      component: 'component:default/ledger',
      verb: 'rejection',
      phase: 'ended',
    });
  });

  it('says what is wrong with a version that is not there, and with no reason', async () => {
    const { service, dispose } = setup();
    await expect(
      service.reject({ ...request, version: 'v9.9.9' }, options),
    ).rejects.toMatchObject({ dojo: { code: 'DEPLOY_VERSION_UNKNOWN' } });
    expect(dispose).toHaveBeenCalledTimes(1);
    await expect(
      service.plan({ ...request, reason: ' ' }, options),
    ).rejects.toMatchObject({ dojo: { code: 'INPUT_INVALID' } });
  });
});
