import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { askedAccess } from '../__testUtils__/askedAccess';
import { Environments } from '../config/Environments';
import { toErrorJson } from '../errors/toErrorJson';
import { MigrationService } from './MigrationService';
import { Operations } from '../operations/Operations';

const credentials = mockCredentials.user('user:default/eve');
const { signal } = new AbortController();
const options = { credentials, signal };
const request = { component: 'Ledger', environment: 'dev', choices: {} };
const ref = 'component:default/ledger';

/** A service whose every way to the outside is a spy; `denied` is the permission that is refused. */
function setup(denied?: string) {
  const asked = askedAccess(denied === undefined ? [] : [denied]);
  const catalog = catalogServiceMock.mock();
  const databases = { run: jest.fn() };
  const service = new MigrationService({
    access: asked.access,
    catalog,
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    allow: { repositories: [{ pattern: 'file:*' }], images: [], infra: [] },
    environments: new Environments({
      allow: { repositories: [], images: [], infra: [] },
      environments: [
        { name: 'dev', database: { file: '/databases/{component}.duckdb' } },
        { name: 'production' },
      ],
    }),
    databases,
    operations: new Operations({
      clock: { now: () => new Date() },
      toError: toErrorJson,
    }),
  });
  return { ...asked, service, catalog, databases };
}

const both = ['dojo.migration.run', 'dojo.environment.change'];
const calls = [
  ['plan', ['dojo.delivery.read'], 'migration-plan', 'low'],
  ['startRehearsal', both, 'migration-rehearsal', 'low'],
  ['migrate', both, 'migration', 'medium'],
] as const;

describe('MigrationService', () => {
  describe.each(calls)('%s', (method, names, eventId, severityLevel) => {
    describe.each(names)('when %s is denied', denied => {
      it('reads nothing, and tells the auditor who was refused what', async () => {
        const { service, auditor, success, fail, catalog, databases } =
          setup(denied);
        await expect(service[method](request, options)).rejects.toMatchObject({
          name: 'NotAllowedError',
          dojo: { code: 'PERMISSION_DENIED', kind: 'denied' },
        });
        expect(catalog.getEntityByRef).not.toHaveBeenCalled();
        expect(databases.run).not.toHaveBeenCalled();
        expect(auditor.createEvent).toHaveBeenCalledWith({
          eventId,
          severityLevel,
          meta: {
            component: 'Ledger',
            environment: 'dev',
            initiator: 'user:default/eve',
          },
        });
        expect(fail).toHaveBeenCalledWith({
          error: expect.objectContaining({ name: 'NotAllowedError' }),
        });
        expect(success).not.toHaveBeenCalled();
      });
    });

    it('asks for the component and the environment at once, then reads the catalog as the initiator', async () => {
      const { service, permissions, catalog, databases } = setup();
      await expect(service[method](request, options)).rejects.toMatchObject({
        dojo: { code: 'COMPONENT_NOT_FOUND' },
      });
      expect(permissions.authorize).toHaveBeenCalledTimes(1);
      expect(permissions.authorize).toHaveBeenCalledWith(
        names.map(name => ({
          permission: expect.objectContaining({ name }),
          resourceRef: name === 'dojo.environment.change' ? 'dev' : ref,
        })),
        { credentials },
      );
      expect(catalog.getEntityByRef).toHaveBeenCalledWith(ref, { credentials });
      expect(databases.run).not.toHaveBeenCalled();
    });

    it.each<[object, string]>([
      [{ component: ':ledger' }, 'COMPONENT_REF_INVALID'],
      [{ choices: { database: '/etc/passwd' } }, 'INPUT_INVALID'],
    ])('asks nobody about %j', async (wrong, code) => {
      const { service, permissions } = setup();
      await expect(
        service[method]({ ...request, ...wrong }, options),
      ).rejects.toMatchObject({ dojo: { code } });
      expect(permissions.authorize).not.toHaveBeenCalled();
    });

    it.each<[object, string]>([
      [{ component: 'component:team-a/ledger' }, 'DATABASE_NAMESPACE_MISSING'],
      [{ environment: 'staging' }, 'ENVIRONMENT_NOT_FOUND'],
      [{ environment: 'production' }, 'ENVIRONMENT_HAS_NO_DATABASE'],
    ])('tells %j to who may alone, and shows no path', async (wrong, code) => {
      const asked = { ...request, ...wrong };
      const { service } = setup();
      const error = await service[method](asked, options).catch(each => each);
      expect(error).toMatchObject({ dojo: { code } });
      expect(String(error.message)).not.toContain('/databases');

      const { service: closed } = setup(names[0]);
      await expect(closed[method](asked, options)).rejects.toMatchObject({
        dojo: { code: 'PERMISSION_DENIED' },
      });
    });
  });

  it('gives the database of the configuration and the SQL of the annotations', async () => {
    const { service, catalog, databases } = setup();
    catalog.getEntityByRef.mockResolvedValue({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'ledger',
        annotations: {
          'dojo/repository': 'file:ledger.git',
          'dojo/migrations': 'db/migrations',
        },
      },
    });
    databases.run.mockResolvedValue({ outcome: 'migrated' });
    const planHash = 'a'.repeat(64);
    await service.migrate({ ...request, planHash }, options);
    expect(databases.run).toHaveBeenCalledWith(
      {
        component: ref,
        initiator: 'user:default/eve',
        environment: 'dev',
        database: '/databases/ledger.duckdb',
        fixedFolder: '/databases',
        repository: 'file:ledger.git',
        migrations: 'db/migrations',
        choices: expect.objectContaining({ operation: 'migrate' }),
        mode: 'run',
        planHash,
      },
      options,
    );
  });
});
