import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  dojoDeliveryReadPermission,
  dojoEnvironmentChangePermission,
} from 'backstage-plugin-dojo-common/permissions';
import request from 'supertest';
import dojoPlugin, {
  createDojoEnvironmentConditionalDecision,
  dojoEnvironmentConditions,
} from './index';

jest.setTimeout(180_000);

/** The policy of docs/reference/permissions.md: owners plan, and dev is theirs to change. */
const ownersPlan = createBackendModule({
  pluginId: 'permission',
  moduleId: 'owners-plan',
  register({ registerInit }) {
    registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          async handle({ permission }, user) {
            if (isPermission(permission, dojoDeliveryReadPermission)) {
              return createCatalogConditionalDecision(
                permission,
                catalogConditions.isEntityOwner({
                  claims: user?.info.ownershipEntityRefs ?? [],
                }),
              );
            }
            if (isPermission(permission, dojoEnvironmentChangePermission)) {
              return createDojoEnvironmentConditionalDecision(
                permission,
                dojoEnvironmentConditions.isNamed({ names: ['dev'] }),
              );
            }
            return { result: AuthorizeResult.ALLOW };
          },
        });
      },
    });
  },
});

const database: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'ledger',
    annotations: {
      'dojo/repository': 'file:absent.git',
      'backstage.io/managed-by-location': 'url:https://acme.test/catalog',
      'backstage.io/managed-by-origin-location':
        'url:https://acme.test/catalog',
    },
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'user:default/ada',
  },
};

const catalogWithDatabase = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'ledger',
  register({ registerInit }) {
    registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider({
          getProviderName: () => 'ledger',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: [{ entity: database }],
            }),
        });
      },
    });
  },
});

/**
 * Backstage's mock forgets which plugin acts for a user, and without one the catalog applies no conditions. Here users
 * call the routes of our plugin, and all other calls come from a plugin.
 */
const httpAuthWithActor = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const pluginId = plugin.getId();
    const httpAuth = mockServices.httpAuth({ pluginId });
    const withActor: HttpAuthService['credentials'] = async (from, options) => {
      const credentials = await httpAuth.credentials(from, options);
      const { userEntityRef } = credentials.principal as {
        userEntityRef?: string;
      };
      const isRoute =
        pluginId === 'dojo' && !from.originalUrl.includes('.well-known');
      if (userEntityRef === undefined || isRoute) return credentials;
      return mockCredentials.user(userEntityRef, {
        actor: { subject: 'plugin:permission' },
      }) as typeof credentials;
    };
    return mockServices.httpAuth.mock({ credentials: withActor });
  },
});

describe('the permissions, with the permission backend and the catalog', () => {
  let backend: TestBackend;

  const plan = async (user: string) => {
    const { body } = await request(backend.server)
      .post('/api/dojo/plans/release')
      .set('Authorization', mockCredentials.user.header(user))
      .send({ component: 'component:default/ledger' });
    if (!body.error.dojo) throw new Error(JSON.stringify(body.error));
    return body.error.dojo.code as string;
  };

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        permissionPlugin,
        ownersPlan,
        catalogPlugin,
        catalogWithDatabase,
        dojoPlugin,
        httpAuthWithActor,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            dojo: {
              localForge: { root: __dirname },
              allow: { repositories: [{ pattern: 'file:*' }] },
              environments: ['dev', 'production'].map(name => ({
                name,
                database: { file: `/nowhere/${name}/{component}.duckdb` },
              })),
            },
          },
        }),
      ],
    });
  });
  afterAll(() => backend.stop());

  it('let a policy decide with the name of the environment', async () => {
    const rehearse = async (environment: string) => {
      const { status, body } = await request(backend.server)
        .post('/api/dojo/rehearsals/migration')
        .set('Authorization', mockCredentials.user.header('user:default/ada'))
        .send({ component: 'component:default/ledger', environment });
      return body.error?.dojo?.message ?? status;
    };
    expect(await rehearse('production')).toBe(
      'you may not do this with production: the permission dojo.environment.change is not granted',
    );
    const end = Date.now() + 120_000;
    // Until the catalog has processed the entity, there is none.
    while (/is not in the catalog/.test(String(await rehearse('dev')))) {
      if (Date.now() > end) throw new Error('the component is not there');
    }
    expect(await rehearse('dev')).toBe(202);
  });

  it('let a policy decide with the conditions of the catalog', async () => {
    const end = Date.now() + 120_000;
    // Until the catalog has processed the entity, nobody owns it.
    while ((await plan('user:default/ada')) === 'PERMISSION_DENIED') {
      if (Date.now() > end) throw new Error('the owner is refused');
    }
    expect(await plan('user:default/ada')).toBe('GIT_REPOSITORY_NOT_FOUND');
    expect(await plan('user:default/eve')).toBe('PERMISSION_DENIED');
  });
});
