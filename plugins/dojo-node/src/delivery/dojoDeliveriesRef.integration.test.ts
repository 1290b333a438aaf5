import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { makeRepository } from 'dojo-testing';
import { until } from '../__testUtils__/until';
import { component } from './__testUtils__/startDeliveries';
import type { Deliveries } from './Deliveries';
import { dojoDeliveriesRef } from './dojoDeliveriesRef';

const folder = mkdtempSync(join(tmpdir(), 'dojo-deliveries-'));
const credentials = mockCredentials.user();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('dojoDeliveriesRef', () => {
  it('reads the repositories of the local forge, and answers from the index', async () => {
    const forge = join(folder, 'forge');
    mkdirSync(forge);
    makeRepository(join(forge, 'ledger.git'), {
      commits: [
        { message: 'feat: accounts', files: { a: '1' }, tag: 'v0.1.0' },
        { message: 'fix: a sum', files: { a: '2' } },
      ],
    });
    makeRepository(join(forge, 'infra.git'), {
      commits: [{ message: 'chore: begin', files: { 'README.md': '' } }],
    });
    let deliveries: Deliveries | undefined;
    const backend = await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'dojo',
          register(env) {
            env.registerInit({
              deps: { given: dojoDeliveriesRef },
              async init({ given }) {
                deliveries = given;
              },
            });
          },
        }),
        catalogServiceMock.factory({ entities: [component('ledger')] }),
        mockServices.rootConfig.factory({
          data: {
            backend: { workingDirectory: folder },
            dojo: {
              localForge: { root: forge },
              allow: { repositories: [{ pattern: 'file:*' }] },
              infra: { repository: 'file:infra.git' },
              environments: [
                {
                  name: 'dev',
                  database: { file: join(folder, '{component}.duckdb') },
                },
              ],
            },
          },
        }),
      ],
    });
    const ask = async () => {
      const { delivery } = await deliveries!.get(
        { component: 'ledger' },
        { credentials },
      );
      if (delivery.kind !== 'delivery') throw new Error('it is not set up');
      return delivery;
    };
    await deliveries!.refresh({ component: 'ledger' }, { credentials });
    await until('all sources were read', async () => {
      const { sources } = await ask();
      return ['repository', 'infra', 'database:dev'].every(
        id => sources.find(each => each.id === id)?.state === 'current',
      );
    });
    const { latest, lines } = await ask();
    expect(latest).toMatchObject({ kind: 'release', version: '0.1.0' });
    expect(lines[0]).toMatchObject({ counting: 1, next: { version: '0.1.1' } });
    await backend.stop();
  });
});
