import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { dojoServiceRef } from '../dojoServiceRef';
import type { DojoService } from '../types';

/** What the auditor was told. */
export interface AuditRecord {
  readonly event: unknown;
  readonly end?: {
    readonly kind: 'success' | 'fail';
    readonly options: unknown;
  };
}

/** The service with its default implementation, as a plugin gets it. */
export interface TestDojoService {
  readonly dojo: DojoService;
  readonly audit: readonly AuditRecord[];
  stop(): Promise<void>;
}

/** Starts it on a configuration, with the component `ledger`, whose annotations are given. */
export async function startDojoService(options: {
  readonly config: object;
  readonly annotations?: Record<string, string>;
}): Promise<TestDojoService> {
  const audit: AuditRecord[] = [];
  const auditor = mockServices.auditor.mock({
    async createEvent(event) {
      const index = audit.push({ event }) - 1;
      const end = (kind: 'success' | 'fail') => async (more?: unknown) => {
        audit[index] = { event, end: { kind, options: more } };
      };
      return { success: end('success'), fail: end('fail') };
    },
  });
  let service: DojoService | undefined;
  const plugin = createBackendPlugin({
    pluginId: 'dojo',
    register(env) {
      env.registerInit({
        deps: { dojo: dojoServiceRef },
        async init({ dojo }) {
          service = dojo;
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      auditor.factory,
      mockServices.rootConfig.factory({ data: { ...options.config } }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'ledger',
              namespace: 'default',
              annotations: options.annotations,
            },
          },
        ],
      }),
    ],
  });
  if (!service) throw new Error('the plugin did not start');
  return { dojo: service, audit, stop: () => backend.stop() };
}
