import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { DojoError } from 'backstage-plugin-dojo-common';
import { Access } from '../access/Access';
import { ReleaseService } from './ReleaseService';

const credentials = mockCredentials.user('user:default/eve');
const { signal } = new AbortController();
const options = { credentials, signal };
const ledger = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'ledger',
    namespace: 'default',
    annotations: { 'dojo/repository': 'file:ledger.git' },
  },
};

/** A service whose every way to the outside is a spy. */
function setup(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const success = jest.fn();
  const fail = jest.fn();
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({ success, fail })),
  });
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn(async () => [{ result }]),
  });
  const catalog = catalogServiceMock.mock();
  const runner = { run: jest.fn() };
  const readHead = jest.fn(async () => ({
    branch: 'main',
    commit: 'b'.repeat(40),
  }));
  const service = new ReleaseService({
    access: new Access({ auditor, permissions }),
    catalog,
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    allow: { repositories: [{ pattern: 'file:*' }], images: [], infra: [] },
    runner,
    readHead,
  });
  return {
    service,
    auditor,
    success,
    fail,
    permissions,
    catalog,
    runner,
    readHead,
  };
}

const request = { component: 'Ledger', choices: {} };
const calls = [
  ['plan', 'dojo.delivery.read', 'release-plan', 'low'],
  ['release', 'dojo.release.create', 'release', 'medium'],
] as const;

describe('ReleaseService', () => {
  describe.each(calls)('%s', (method, permission, eventId, severityLevel) => {
    describe('when the permission is denied', () => {
      it('reads nothing and says which permission', async () => {
        const { service, permissions, catalog, runner } = setup(
          AuthorizeResult.DENY,
        );
        await expect(service[method](request, options)).rejects.toMatchObject({
          name: 'NotAllowedError',
          message: expect.stringContaining(
            `you may not do this with component:default/ledger: the permission ${permission} is not granted (PERMISSION_DENIED) — `,
          ),
          dojo: { code: 'PERMISSION_DENIED', kind: 'denied' },
        });
        expect(permissions.authorize).toHaveBeenCalledWith(
          [
            {
              permission: expect.objectContaining({ name: permission }),
              resourceRef: 'component:default/ledger',
            },
          ],
          { credentials },
        );
        expect(catalog.getEntityByRef).not.toHaveBeenCalled();
        expect(runner.run).not.toHaveBeenCalled();
      });

      it('tells the auditor who was refused what', async () => {
        const { service, auditor, success, fail } = setup(AuthorizeResult.DENY);
        await service[method](request, options).catch(() => undefined);
        expect(auditor.createEvent).toHaveBeenCalledWith({
          eventId,
          severityLevel,
          meta: { component: 'Ledger', initiator: 'user:default/eve' },
        });
        expect(fail).toHaveBeenCalledWith({
          error: expect.objectContaining({ name: 'NotAllowedError' }),
        });
        expect(success).not.toHaveBeenCalled();
      });
    });

    it('reads the catalog as the initiator', async () => {
      const { service, catalog, runner } = setup(AuthorizeResult.ALLOW);
      await expect(service[method](request, options)).rejects.toMatchObject({
        name: 'NotFoundError',
        dojo: { code: 'COMPONENT_NOT_FOUND' },
      });
      expect(catalog.getEntityByRef).toHaveBeenCalledWith(
        'component:default/ledger',
        { credentials },
      );
      expect(runner.run).not.toHaveBeenCalled();
    });

    it.each(['', ':ledger', 'component:/x'])(
      'asks nobody about the component %j',
      async component => {
        const { service, permissions } = setup(AuthorizeResult.ALLOW);
        await expect(
          service[method]({ component, choices: {} }, options),
        ).rejects.toMatchObject({
          name: 'InputError',
          dojo: { code: 'COMPONENT_REF_INVALID' },
        });
        expect(permissions.authorize).not.toHaveBeenCalled();
      },
    );

    it('takes no place from the choices', async () => {
      const { service, permissions } = setup(AuthorizeResult.ALLOW);
      const choices = { repository: 'https://evil.test/x', bump: 'minor' };
      await expect(
        service[method]({ component: 'ledger', choices }, options),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining("'repository'"),
      });
      expect(permissions.authorize).not.toHaveBeenCalled();
    });
  });

  describe('when the plan is not the reviewed one', () => {
    const reviewed = {
      ...request,
      planHash: '1'.repeat(64),
      reviewedAt: 'a'.repeat(40),
    };
    const refuse = (code: 'PLAN_CHANGED' | 'RELEASE_IMAGE_SOURCE_MISSING') => {
      const world = setup(AuthorizeResult.ALLOW);
      world.catalog.getEntityByRef.mockResolvedValue(ledger);
      world.runner.run.mockRejectedValue(
        new DojoError({ code, kind: 'conflict', message: `it is ${code}` }),
      );
      return world;
    };

    it.each(['PLAN_CHANGED', 'RELEASE_IMAGE_SOURCE_MISSING'] as const)(
      'tells a branch that moved from %s by both commits',
      async code => {
        const { service } = refuse(code);
        await expect(service.release(reviewed, options)).rejects.toMatchObject({
          dojo: {
            code: 'PLAN_CHANGED',
            kind: 'conflict',
            message:
              'main moved from aaaaaaa to bbbbbbb since your review. Nothing was changed.',
          },
        });
      },
    );

    it('looks at the branch that was asked for', async () => {
      const { service, readHead } = refuse('PLAN_CHANGED');
      const choices = { branch: 'release/0.3' };
      await service
        .plan({ ...reviewed, choices }, options)
        .catch(() => undefined);
      expect(readHead).toHaveBeenCalledWith(
        'component:default/ledger',
        options,
        'release/0.3',
      );
    });

    it.each([
      ['the branch did not move', { reviewedAt: 'b'.repeat(40) }],
      ['nobody knows where it was', { reviewedAt: undefined }],
    ])('leaves the error as it is where %s', async (_, more) => {
      const { service } = refuse('PLAN_CHANGED');
      await expect(
        service.release({ ...reviewed, ...more }, options),
      ).rejects.toMatchObject({ dojo: { message: 'it is PLAN_CHANGED' } });
    });
  });
});
