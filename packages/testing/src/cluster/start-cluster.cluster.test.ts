import { existsSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { close, listen } from '../git/start-git-server';
import { descendantsOf, isAlive } from '../process-tree';
import { askAs } from './__testUtils__/ask-as';
import {
  definitionAndObject,
  job,
  nodeAndPod,
  readersMayRead,
} from './__testUtils__/manifests';
import { untilTrue } from './__testUtils__/until-true';
import { makeAuthority } from './certificates';
import { startCluster } from './start-cluster';
import type { TestCluster } from './test-cluster';

jest.setTimeout(120_000);

const namespaces = '/api/v1/namespaces';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.stop());

describe('startCluster', () => {
  describe('when the cluster has started', () => {
    it('is ready for the administrator', async () => {
      expect(await askAs(cluster.kubeconfig, '/readyz')).toEqual({
        status: 200,
        message: 'ok',
      });
    });

    it('runs a pod on its node, whose log the API server reads by TLS', async () => {
      const namespace = await cluster.createNamespace();
      await cluster.apply(job, { namespace });
      const ofJob = `/apis/batch/v1/namespaces/${namespace}/jobs/hello`;
      await untilTrue(async () => {
        const { status } = (await cluster.request('GET', ofJob)) as {
          status: { succeeded?: number };
        };
        return status.succeeded === 1;
      });
      const { items } = (await cluster.request(
        'GET',
        `${namespaces}/${namespace}/pods`,
      )) as { items: { metadata: { name: string } }[] };
      const log = `${namespaces}/${namespace}/pods/${items[0].metadata.name}/log`;
      expect(await cluster.request('GET', log)).toBe('hello\n');
    });

    it('gives each namespace a name of its own, and labels where they are asked for', async () => {
      const [one, other] = [
        await cluster.createNamespace(),
        await cluster.createNamespace({ labels: { a: 'b' } }),
      ];
      expect(one).not.toBe(other);
      expect(
        await cluster.request('GET', `${namespaces}/${other}`),
      ).toMatchObject({ metadata: { labels: { a: 'b' } } });
    });

    it('applies objects of a kind that was defined just before', async () => {
      const namespace = await cluster.createNamespace();
      await cluster.apply(definitionAndObject, { namespace });
      const path = `/apis/dojo.test/v1/namespaces/${namespace}/things/one`;
      expect(await cluster.request('GET', path)).toMatchObject({
        kind: 'Thing',
        metadata: { managedFields: [{ manager: 'test', operation: 'Apply' }] },
      });
    });

    it('tells what the server answered to a request it refuses', async () => {
      await expect(
        cluster.request('GET', `${namespaces}/absent`),
      ).rejects.toMatchObject({
        name: 'ClusterAnswerError',
        status: 404,
        message: expect.stringContaining('namespaces \\"absent\\" not found'),
      });
    });
  });

  describe('when a user asks', () => {
    it('refuses one whom nobody granted anything, by name and verb', async () => {
      const kubeconfig = await cluster.kubeconfigFor({ name: 'nobody' });
      expect(
        await askAs(kubeconfig, `${namespaces}/default/secrets`),
      ).toMatchObject({
        status: 403,
        message: expect.stringContaining(
          'User "nobody" cannot list resource "secrets"',
        ),
      });
    });

    it('lets one in by a group that was granted it', async () => {
      await cluster.apply(readersMayRead);
      const groups = ['writers', 'readers'];
      const kubeconfig = await cluster.kubeconfigFor({ name: 'ann', groups });
      const path = `${namespaces}/default/configmaps`;
      await untilTrue(async () => (await askAs(kubeconfig, path)).status < 400);
      expect((await askAs(kubeconfig, namespaces)).status).toBe(403);
    });

    it('does not know one whose certificate has expired', async () => {
      const kubeconfig = await cluster.kubeconfigFor({
        name: 'admin',
        groups: ['system:masters'],
        expiresInSeconds: -1,
      });
      expect(await askAs(kubeconfig, namespaces)).toMatchObject({
        status: 401,
      });
    });
  });

  describe('when a node serves logs with a certificate of another authority', () => {
    it('does not read them', async () => {
      const other = await makeAuthority('other');
      const server = createServer(
        await other.serving(['127.0.0.1']),
        (_, response) => response.end('forged'),
      );
      await listen(server);
      const { port } = server.address() as AddressInfo;
      await cluster.apply(nodeAndPod('impostor'));
      await cluster.request(
        'PATCH',
        '/api/v1/nodes/impostor/status',
        {
          status: {
            addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
            daemonEndpoints: { kubeletEndpoint: { Port: port } },
          },
        },
        'application/merge-patch+json',
      );
      await expect(
        cluster.request('GET', `${namespaces}/default/pods/impostor/log`),
      ).rejects.toThrow('certificate signed by unknown authority');
      await close(server);
    });
  });

  describe('when the audit log is read', () => {
    it('lists what was asked, by whom, and whether it was a dry run', async () => {
      const namespace = await cluster.createNamespace();
      const kubeconfig = await cluster.kubeconfigFor({ name: 'mallory' });
      const path = `${namespaces}/${namespace}/configmaps`;
      const configMap = { metadata: { name: 'one' } };
      await cluster.request('POST', `${path}?dryRun=All`, configMap);
      await cluster.request('POST', path, configMap);
      await askAs(kubeconfig, `${path}/one`);
      await cluster.request('DELETE', `${path}/one`, {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        dryRun: ['All'],
      });
      await cluster.request('DELETE', `${path}/one`);
      const told = (await cluster.audit({ namespace }))
        .filter(event => event.resource === 'configmaps')
        .filter(event => !event.user.startsWith('system:'))
        .map(({ verb, name, user, status, dryRun }) => [
          ...[verb, name, user, status, dryRun],
        ]);
      expect(told).toEqual([
        ['create', 'one', 'admin', 201, true],
        ['create', 'one', 'admin', 201, false],
        ['get', 'one', 'mallory', 403, false],
        ['delete', 'one', 'admin', 200, true],
        ['delete', 'one', 'admin', 200, false],
      ]);
      expect(
        (await cluster.audit({ user: 'mallory' })).map(({ uri }) => uri),
      ).toEqual([`${path}/one`]);
    });

    it('misses nothing that was answered', async () => {
      const namespace = await cluster.createNamespace();
      const path = `${namespaces}/${namespace}/configmaps`;
      const create = (name: string) =>
        cluster.request('POST', path, { metadata: { name } });
      for (let round = 1; round <= 20; round++) {
        await Promise.all(
          [1, 2, 3, 4, 5].map(at => create(`c-${round}-${at}`)),
        );
        const events = await cluster.audit({ namespace, user: 'admin' });
        expect(events).toHaveLength(5 * round);
      }
    });
  });

  describe('when the API server is started anew', () => {
    it('answers at the same address with what it held, and its audit log goes on', async () => {
      const namespace = await cluster.createNamespace();
      const path = `${namespaces}/${namespace}/configmaps`;
      await cluster.request('POST', path, { metadata: { name: 'kept' } });
      await cluster.stopApiServer();
      await expect(cluster.request('GET', '/readyz')).rejects.toThrow(
        'ECONNREFUSED',
      );
      await cluster.startApiServer();
      await cluster.request('GET', `${path}/kept`);
      const asked = (await cluster.audit({ namespace, user: 'admin' })).map(
        ({ verb }) => verb,
      );
      expect(asked).toEqual(['create', 'get']);
    });
  });

  describe('when two run side by side', () => {
    it('keeps them apart, and leaves nothing of one that is stopped', async () => {
      const other = await startCluster({ node: false });
      expect(() => other.node).toThrow('started without a node');
      await other.createNamespace({ name: 'only-there' });
      await expect(
        cluster.request('GET', `${namespaces}/only-there`),
      ).rejects.toMatchObject({ status: 404 });
      // A certificate of the one's authority says nothing to the other.
      expect(
        await askAs(other.kubeconfig, namespaces, cluster.kubeconfig),
      ).toMatchObject({ status: 401 });

      const before = descendantsOf(process.pid).filter(isAlive);
      await other.stop();
      await other.stop();
      const ended = before.filter(pid => !isAlive(pid));
      // The guard, etcd, the API server, the controllers and the scheduler.
      expect(ended).toHaveLength(5);
      expect(existsSync(dirname(other.kubeconfig))).toBe(false);
      expect(await cluster.request('GET', '/readyz')).toBe('ok');
    });
  });
});
