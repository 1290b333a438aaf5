import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { dojoServiceRef } from '../dojoServiceRef';
import type { DojoService } from '../DojoService';

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
  /** As another plugin of the same backend gets it. */
  readonly other: DojoService;
  readonly audit: readonly AuditRecord[];
  stop(): Promise<void>;
}

/** Starts it on a configuration, with the component `ledger`, whose annotations are given. */
export async function startDojoService(options: {
  readonly config: object;
  readonly annotations?: Record<string, string>;
  /** Permissions that are refused; default: none. */
  readonly denied?: readonly string[];
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
  const services = new Map<string, DojoService>();
  const plugins = ['dojo', 'other'].map(pluginId =>
    createBackendPlugin({
      pluginId,
      register(env) {
        env.registerInit({
          deps: { dojo: dojoServiceRef },
          async init({ dojo }) {
            services.set(pluginId, dojo);
          },
        });
      },
    }),
  );
  const backend = await startTestBackend({
    features: [
      ...plugins,
      auditor.factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission: { name } }) => ({
            result: options.denied?.includes(name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          ...options.config,
          dojo: {
            // The component of the test came from nowhere.
            allow: {
              repositories: [
                { pattern: 'file:*' },
                { pattern: 'file:*/*' },
                { pattern: 'file:*/*/*' },
                { pattern: 'file:*/*/*/*' },
                { pattern: 'https://*/*' },
                { pattern: 'http://*/*' },
                { pattern: 'https://*/*/*' },
              ],
              images: [{ pattern: '*/*' }, { pattern: '*/*/*' }],
            },
            ...(options.config as { dojo?: object }).dojo,
          },
        },
      }),
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
  return {
    dojo: services.get('dojo')!,
    other: services.get('other')!,
    audit,
    stop: () => backend.stop(),
  };
}
