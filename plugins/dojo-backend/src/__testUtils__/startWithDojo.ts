import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { DojoService, dojoServiceRef } from 'backstage-plugin-dojo-node';
import dojoPlugin from '../index';

/** The plugin over a service of which only the given methods are expected to be called. */
export async function startWithDojo(methods: Partial<DojoService>) {
  const dojo: DojoService = {
    planRelease: jest.fn(),
    release: jest.fn(),
    listEnvironments: jest.fn(),
    planMigration: jest.fn(),
    migrate: jest.fn(),
    startRehearsal: jest.fn(),
    getOperation: jest.fn(),
    cancelOperation: jest.fn(),
    ...methods,
  };
  const { server } = await startTestBackend({
    features: [
      dojoPlugin,
      createServiceFactory({
        service: dojoServiceRef,
        deps: {},
        factory: () => dojo,
      }),
      mockServices.rootConfig.factory(),
    ],
  });
  return { server, dojo, url: `http://localhost:${server.port()}/api/dojo` };
}
