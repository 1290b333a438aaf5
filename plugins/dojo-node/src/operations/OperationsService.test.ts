import { mockCredentials } from '@backstage/backend-test-utils';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoMigrationRunPermission,
} from 'backstage-plugin-dojo-common/permissions';
import { askedAccess } from '../__testUtils__/askedAccess';
import { toErrorJson } from '../errors/toErrorJson';
import { operationErrors } from './operationErrors';
import { Operations } from './Operations';
import { OperationsService } from './OperationsService';

const credentials = mockCredentials.user('user:default/eve');
const component = 'component:default/ledger';

/** A service with a rehearsal that runs until it is cancelled; `denied` is the permission that is refused. */
function setup(denied?: string) {
  const asked = askedAccess(denied === undefined ? [] : [denied]);
  const operations = new Operations({
    clock: { now: () => new Date() },
    toError: toErrorJson,
  });
  const stopped = jest.fn();
  const { operation } = operations.start({
    subject: {
      meta: { component, environment: 'dev' },
      toSee: [
        { permission: dojoDeliveryReadPermission, resourceRef: component },
      ],
      toCancel: [
        { permission: dojoMigrationRunPermission, resourceRef: component },
      ],
    },
    run: ({ signal }) =>
      new Promise<MigrationResult>(() => {
        signal.addEventListener('abort', () => stopped(signal.reason));
      }),
    show: progress => ({ kind: 'migration-rehearsal', ...progress }),
    toCancelled: () =>
      operationErrors.operationCancelled({
        what: 'it',
        left: 'nothing changed',
      }),
  });
  const service = new OperationsService({
    access: asked.access,
    operations,
  });
  const { id } = operation;
  const { authorize } = asked.permissions;
  return { ...asked, service, id, authorize, stopped };
}

describe('OperationsService', () => {
  describe('get', () => {
    it('asks for what it takes to see it', async () => {
      const { service, id, authorize, auditor } = setup();
      await expect(service.get(id, { credentials })).resolves.toMatchObject({
        id,
        kind: 'migration-rehearsal',
        state: 'running',
      });
      expect(authorize.mock.calls).toEqual([
        [
          [{ permission: dojoDeliveryReadPermission, resourceRef: component }],
          { credentials },
        ],
      ]);
      expect(auditor.createEvent).not.toHaveBeenCalled();
    });
  });

  describe('cancel', () => {
    it('asks for what it takes to end it, and tells the auditor', async () => {
      const { service, id, authorize, auditor, success, stopped } = setup();
      await expect(service.cancel(id, { credentials })).resolves.toMatchObject({
        id,
      });
      expect(stopped).toHaveBeenCalledWith(
        expect.objectContaining({
          message: 'it was cancelled; nothing changed',
        }),
      );
      expect(authorize.mock.calls).toEqual([
        [
          [{ permission: dojoMigrationRunPermission, resourceRef: component }],
          { credentials },
        ],
      ]);
      expect(auditor.createEvent).toHaveBeenCalledWith({
        eventId: 'migration-rehearsal-cancel',
        severityLevel: 'low',
        meta: {
          component,
          environment: 'dev',
          operation: id,
          initiator: 'user:default/eve',
        },
      });
      expect(success).toHaveBeenCalledWith({ meta: { state: 'running' } });
    });
  });

  describe.each([
    ['get', 'dojo.delivery.read'],
    ['cancel', 'dojo.migration.run'],
  ] as const)('%s without %s', (method, denied) => {
    it('is refused, and stops nothing', async () => {
      const { service, id, stopped } = setup(denied);
      await expect(service[method](id, { credentials })).rejects.toMatchObject({
        name: 'NotAllowedError',
        dojo: { code: 'PERMISSION_DENIED', kind: 'denied' },
      });
      expect(stopped).not.toHaveBeenCalled();
    });
  });

  describe.each(['get', 'cancel'] as const)('%s of another id', method => {
    it('finds nothing, and asks nobody', async () => {
      const { service, authorize, auditor } = setup();
      await expect(
        service[method]('0'.repeat(32), { credentials }),
      ).rejects.toMatchObject({
        name: 'NotFoundError',
        dojo: { code: 'OPERATION_NOT_FOUND' },
      });
      expect(authorize).not.toHaveBeenCalled();
      expect(auditor.createEvent).not.toHaveBeenCalled();
    });
  });
});
