import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  Deliveries,
  dojoDeliveriesRef,
  dojoRunsRef,
  DojoService,
  dojoServiceRef,
  Runs,
} from 'backstage-plugin-dojo-node';
import dojoPlugin from '../index';

/** Some methods of some facets of the service. */
export type DojoMethods = {
  readonly [TFacet in keyof DojoService]?: Partial<DojoService[TFacet]>;
} & { readonly deliveries?: Partial<Deliveries> };

type ConfigData = NonNullable<
  Parameters<typeof mockServices.rootConfig.factory>[0]
>['data'];

/** The plugin over a service of which only the given methods are expected to be called. */
export async function startWithDojo(
  methods: DojoMethods,
  data: ConfigData = {},
) {
  const dojo: DojoService = {
    releases: { plan: jest.fn(), release: jest.fn(), ...methods.releases },
    migrations: {
      plan: jest.fn(),
      migrate: jest.fn(),
      startRehearsal: jest.fn(),
      ...methods.migrations,
    },
    deployments: { plan: jest.fn(), deploy: jest.fn(), ...methods.deployments },
    shipments: { plan: jest.fn(), check: jest.fn(), ...methods.shipments },
    merges: {
      find: jest.fn(),
      merge: jest.fn(),
      close: jest.fn(),
      ...methods.merges,
    },
    rejections: { plan: jest.fn(), reject: jest.fn(), ...methods.rejections },
    operations: { get: jest.fn(), cancel: jest.fn(), ...methods.operations },
    environments: {
      list: jest.fn(),
      freezeOf: jest.fn(),
      ...methods.environments,
    },
    versions: { list: jest.fn(), ...methods.versions },
    services: {
      plan: jest.fn(),
      check: jest.fn(),
      publish: jest.fn(),
      awaitEntry: jest.fn(),
      ...methods.services,
    },
    forgeEntries: {
      isConfigured: false,
      list: jest.fn(),
      ...methods.forgeEntries,
    },
  };
  const deliveries: Deliveries = {
    get: jest.fn(),
    refresh: jest.fn(),
    pushed: jest.fn(),
    list: jest.fn(),
    history: jest.fn(),
    measures: jest.fn(),
    move: jest.fn(),
    where: jest.fn(),
    movedTags: jest.fn(async () => ({})),
    log: jest.fn(),
    ...methods.deliveries,
  };
  const runs: Runs = {
    shown: jest.fn(),
    start: jest.fn(),
    follow: jest.fn(),
  };
  const { server } = await startTestBackend({
    features: [
      dojoPlugin,
      createServiceFactory({
        service: dojoServiceRef,
        deps: {},
        factory: () => dojo,
      }),
      createServiceFactory({
        service: dojoDeliveriesRef,
        deps: {},
        factory: () => deliveries,
      }),
      createServiceFactory({
        service: dojoRunsRef,
        deps: {},
        factory: () => runs,
      }),
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return {
    server,
    dojo,
    deliveries,
    url: `http://localhost:${server.port()}/api/dojo`,
  };
}
