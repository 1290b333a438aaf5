import { readFile, writeFile } from 'node:fs/promises';
import { startCluster } from 'dojo-testing';
import type { TestCluster } from 'dojo-testing';
import { ClusterRefusal } from '../cluster/cluster-refusal';
import type { Cluster, ObjectChange } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubernetes-object';
import { startConnectProxy } from './__testUtils__/start-connect-proxy';
import { startTcpProxy } from './__testUtils__/start-tcp-proxy';
import type { TcpProxy } from './__testUtils__/start-tcp-proxy';
import { openCluster } from './open-cluster';
import { builtinKinds, builtinResource } from './resources/builtin-resources';

jest.setTimeout(120_000);

const { signal } = new AbortController();
const manager = 'dojo-portal';
const configMaps = { apiVersion: 'v1', kind: 'ConfigMap' };

let testbed: TestCluster;
let proxy: TcpProxy;
let namespace: string;
const opened: Cluster[] = [];

beforeAll(async () => {
  testbed = await startCluster({ node: false });
  proxy = await startTcpProxy(Number(new URL(testbed.url).port));
});
afterAll(async () => {
  await proxy?.close();
  await testbed?.stop();
});
beforeEach(async () => {
  namespace = await testbed.createNamespace();
});
afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.dispose();
});

async function open(
  path = testbed.kubeconfig,
  through?: TcpProxy,
): Promise<Cluster> {
  let file = path;
  if (through !== undefined) {
    const text = await readFile(path, 'utf8');
    file = `${path}-${through.port}`;
    const other = `https://127.0.0.1:${through.port}`;
    await writeFile(file, text.replaceAll(testbed.url, other));
  }
  const cluster = await openCluster({ kubeconfig: { path: file } }, signal);
  opened.push(cluster);
  return cluster;
}

const configMap = (name: string, data: object = {}): KubernetesObject => ({
  ...configMaps,
  metadata: { name, namespace, labels: { of: 'test' } },
  data,
});

const deployment = (more: object = {}, image = 'ledger:1') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ledger', namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'ledger' } },
    template: {
      metadata: { labels: { app: 'ledger' } },
      spec: { containers: [{ name: 'ledger', image }] },
    },
    ...more,
  },
});
const deploymentRef = () => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'ledger',
  namespace,
});

async function refusalOf(
  promise: Promise<unknown>,
): Promise<ClusterRefusal['refused']> {
  const error = await promise.catch((caught: unknown) => caught);
  if (error instanceof ClusterRefusal) return error.refused;
  throw new Error(`no refusal: ${error}`);
}

/** Follows config maps until the signal aborts. */
function follow(cluster: Cluster, abort: AbortSignal, seen: ObjectChange[]) {
  const query = { namespace, labels: 'of=test' };
  return (async () => {
    for await (const change of cluster.follow(configMaps, query, abort)) {
      seen.push(change);
    }
  })();
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}
const namesIn = (seen: readonly ObjectChange[]) =>
  seen.flatMap(change =>
    change.kind === 'snapshot'
      ? change.objects.map(({ metadata }) => metadata.name)
      : change.object.metadata.name,
  );

describe('a cluster', () => {
  it('applies, tells the difference of a dry run, and gets, lists, deletes', async () => {
    const cluster = await open();
    const dry = await cluster.apply(
      deployment(),
      { manager, dryRun: true },
      signal,
    );
    expect(dry).toMatchObject({ warnings: [], object: { kind: 'Deployment' } });
    expect(await cluster.get(deploymentRef(), signal)).toBeUndefined();
    const { object } = await cluster.apply(deployment(), { manager }, signal);
    expect(object.metadata.managedFields).toEqual([
      expect.objectContaining({ manager, operation: 'Apply' }),
    ]);
    const live = await cluster.get(deploymentRef(), signal);
    expect(live?.metadata.uid).toBe(object.metadata.uid);
    const listed = await cluster.list(deploymentRef(), { namespace }, signal);
    expect(listed).toEqual([
      expect.objectContaining({ apiVersion: 'apps/v1', kind: 'Deployment' }),
    ]);
  });

  it('deletes this very object in this very version', async () => {
    const cluster = await open();
    const ref = { ...configMaps, name: 'a', namespace };
    const { object } = await cluster.apply(configMap('a'), { manager }, signal);
    const uid = String(object.metadata.uid);
    const resourceVersion = String(object.metadata.resourceVersion);
    const old = { uid, resourceVersion: '1' };
    expect(await refusalOf(cluster.delete(ref, old, signal))).toMatchObject({
      status: 409,
      verb: 'delete',
      resource: 'configmaps',
    });
    const present = { uid, resourceVersion };
    await cluster.delete(ref, { ...present, dryRun: true }, signal);
    expect(await cluster.get(ref, signal)).toBeDefined();
    await cluster.delete(ref, present, signal);
    expect(await cluster.get(ref, signal)).toBeUndefined();
    await cluster.delete(ref, present, signal);
    const next = await cluster.apply(configMap('a'), { manager }, signal);
    await cluster.delete(ref, present, signal);
    const live = await cluster.get(ref, signal);
    expect(live?.metadata.uid).toBe(next.object.metadata.uid);
  });

  it('scales as its own manager, and patches', async () => {
    const cluster = await open();
    await cluster.apply(deployment(), { manager }, signal);
    const scale = { ...deployment(), spec: { replicas: 0 } };
    const options = { manager: 'dojo-scale', subresource: 'scale' } as const;
    expect(
      await refusalOf(cluster.apply(scale, options, signal)),
    ).toMatchObject({ status: 409, resource: 'deployments/scale' });
    await cluster.apply(scale, { ...options, force: true }, signal);
    const live = await cluster.get(deploymentRef(), signal);
    expect(live?.spec).toMatchObject({ replicas: 0 });
    const { object } = await cluster.patch(
      deploymentRef(),
      [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }],
      { manager },
      signal,
    );
    expect(object.metadata.labels).toEqual({ a: 'b' });
  });

  it('reads lists of several pages', async () => {
    const cluster = await open();
    const names = Array.from({ length: 612 }, (_, index) => `c${index}`);
    await Promise.all(
      names.map(name => cluster.apply(configMap(name), { manager }, signal)),
    );
    const query = { namespace, labels: 'of=test' };
    const listed = await cluster.list(configMaps, query, signal);
    expect(new Set(listed.map(({ metadata }) => metadata.name))).toEqual(
      new Set(names),
    );
    const pages = (await testbed.audit({ namespace })).filter(
      ({ verb, uri }) => verb === 'list' && uri.includes('limit=500'),
    );
    expect(pages).toHaveLength(2);
  });

  it('makes one TLS connection, whatever goes on at once', async () => {
    const before = proxy.connections;
    const cluster = await open(testbed.kubeconfig, proxy);
    const abort = new AbortController();
    const seen: ObjectChange[][] = [[], [], []];
    const eight = () =>
      Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          cluster.apply(configMap(`c${index}`), { manager }, signal),
        ),
      );
    await eight();
    const following = seen.map(one => follow(cluster, abort.signal, one));
    await until(() => seen.every(one => one.length > 0));
    await eight();
    await cluster.apply(configMap('last'), { manager }, signal);
    await until(() => seen.every(one => namesIn(one).includes('last')));
    abort.abort(new Error('stop'));
    await Promise.all(following);
    expect(proxy.connections - before).toBe(1);
  });

  it('knows plural and scope of what Kubernetes brings', async () => {
    const groups = (await testbed.request('GET', '/apis')) as {
      groups: { name: string; preferredVersion: { version: string } }[];
    };
    const versions = new Map([
      ['', 'v1'],
      ...groups.groups.map(
        ({ name, preferredVersion }) =>
          [name, preferredVersion.version] as const,
      ),
    ]);
    for (const group of new Set(builtinKinds().map(kind => kind.group))) {
      const version = versions.get(group)!;
      const path = group === '' ? `/api/v1` : `/apis/${group}/${version}`;
      const { resources } = (await testbed.request('GET', path)) as {
        resources: { name: string; kind: string; namespaced: boolean }[];
      };
      for (const { kind } of builtinKinds().filter(
        one => one.group === group,
      )) {
        const found = resources.find(
          one => one.kind === kind && !one.name.includes('/'),
        );
        expect({ kind, ...builtinResource(group, version, kind) }).toEqual({
          group,
          version,
          kind,
          plural: found?.name,
          namespaced: found?.namespaced,
        });
      }
    }
  });

  it('asks once for what it does not know', async () => {
    const cluster = await open();
    const flows = {
      apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
      kind: 'FlowSchema',
    };
    expect(await cluster.list(flows, {}, signal)).not.toEqual([]);
    const unknown = { apiVersion: 'none.test/v1', kind: 'None' };
    expect(await refusalOf(cluster.list(unknown, {}, signal))).toMatchObject({
      status: 404,
      message: 'no matches for kind "None" in version "none.test/v1"',
    });
  });
});

describe('a refusal', () => {
  it('names field and manager of a conflict', async () => {
    const cluster = await open();
    await cluster.apply(deployment(), { manager: 'hotfix' }, signal);
    for (const dryRun of [true, false]) {
      const other = deployment({}, 'ledger:2');
      const applying = cluster.apply(other, { manager, dryRun }, signal);
      expect(await refusalOf(applying)).toMatchObject({
        status: 409,
        reason: 'Conflict',
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "hotfix"',
            field: '.spec.template.spec.containers[name="ledger"].image',
          },
        ],
        verb: 'patch',
        resource: 'deployments',
        group: 'apps',
        object: deploymentRef(),
        dryRun,
      });
    }
    await cluster.apply(
      deployment({}, 'ledger:2'),
      { manager, force: true },
      signal,
    );
  });

  it('names the field that is immutable, and the one that is misspelt', async () => {
    const cluster = await open();
    await cluster.apply(deployment(), { manager }, signal);
    const selector = deployment({
      selector: { matchLabels: { app: 'other' } },
      template: {
        metadata: { labels: { app: 'other' } },
        spec: { containers: [{ name: 'ledger', image: 'ledger:1' }] },
      },
    });
    expect(
      await refusalOf(
        cluster.apply(selector, { manager, dryRun: true }, signal),
      ),
    ).toMatchObject({
      status: 422,
      reason: 'Invalid',
      causes: [{ field: 'spec.selector' }],
    });
    // Of one map the API server names the first field that it meets and does not know, in no order: one mistake each.
    const image = { name: 'ledger', image: 'ledger:1' };
    for (const [spec, field] of [
      [
        { containers: [{ name: 'ledger', imagee: 'ledger:1' }] },
        '.spec.template.spec.containers[name="ledger"].imagee',
      ],
      [
        { containers: [image], restart: 'Never' },
        '.spec.template.spec.restart',
      ],
    ] as const) {
      const misspelt = deployment({
        template: { metadata: { labels: { app: 'ledger' } }, spec },
      });
      expect(
        await refusalOf(
          cluster.apply(misspelt, { manager, dryRun: true }, signal),
        ),
      ).toMatchObject({
        status: 400,
        reason: 'BadRequest',
        causes: [{ field }],
      });
    }
  });

  it('says which verb is forbidden to whom', async () => {
    const dev = await open(
      await testbed.kubeconfigFor({ name: 'dev', groups: ['devs'] }),
    );
    expect(
      await refusalOf(
        dev.apply(deployment(), { manager, dryRun: true }, signal),
      ),
    ).toMatchObject({
      status: 403,
      reason: 'Forbidden',
      message: expect.stringContaining('User "dev" cannot patch resource'),
      verb: 'patch',
      resource: 'deployments',
    });
    expect(
      await refusalOf(dev.list(configMaps, { namespace }, signal)),
    ).toMatchObject({ status: 403, verb: 'list', resource: 'configmaps' });
    const next = dev.follow(configMaps, { namespace }, signal);
    const first = (async () => {
      for await (const change of next) return change;
      return undefined;
    })();
    expect(await refusalOf(first)).toMatchObject({ status: 403 });
  });

  it('has the words of an admission policy, and the name of a webhook that is away', async () => {
    const cluster = await open();
    await testbed.apply(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${namespace}-no-secrets}
spec:
  failurePolicy: Fail
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${namespace}}}
    resourceRules:
    - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
  validations:
  - {expression: "object.metadata.name != 'taken'", message: 'the name is taken in billing/web'}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${namespace}-no-secrets}
spec: {policyName: ${namespace}-no-secrets, validationActions: [Deny]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: ${namespace}-gone}
webhooks:
- name: services.gone.example.test
  sideEffects: None
  admissionReviewVersions: [v1]
  failurePolicy: Fail
  timeoutSeconds: 2
  clientConfig: {url: 'https://127.0.0.1:1/none'}
  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${namespace}}}
  rules:
  - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [services]}
`);
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace },
      spec: { ports: [{ port: 80 }] },
    };
    const options = { manager, dryRun: true };
    // A policy is compiled a moment after it was made.
    let refused: ClusterRefusal['refused'] | undefined;
    while (refused === undefined) {
      refused = await cluster.apply(configMap('taken'), options, signal).then(
        () => undefined,
        (error: ClusterRefusal) => error.refused,
      );
    }
    expect(refused).toMatchObject({
      status: 422,
      reason: 'Invalid',
      message: expect.stringContaining('the name is taken in billing/web'),
    });
    let webhook: ClusterRefusal['refused'] | undefined;
    while (webhook === undefined) {
      webhook = await cluster.apply(service, options, signal).then(
        () => undefined,
        (error: ClusterRefusal) => error.refused,
      );
    }
    expect(webhook).toMatchObject({
      status: 500,
      reason: 'InternalError',
      message: expect.stringContaining(
        'failed calling webhook "services.gone.example.test"',
      ),
      dryRun: true,
    });
  });

  it('has the warnings of what was taken', async () => {
    const cluster = await open();
    const name = await testbed.createNamespace({
      labels: { 'pod-security.kubernetes.io/warn': 'restricted' },
    });
    const object = deployment();
    const { warnings } = await cluster.apply(
      { ...object, metadata: { name: 'ledger', namespace: name } },
      { manager, dryRun: true },
      signal,
    );
    expect(warnings).toEqual([
      expect.stringMatching(
        /^would violate PodSecurity "restricted:latest": allowPrivilegeEscalation/,
      ),
    ]);
  });

  it('does not take a certificate that has expired', async () => {
    const cluster = await open(
      await testbed.kubeconfigFor({ name: 'late', expiresInSeconds: -60 }),
    );
    await expect(
      cluster.list(configMaps, { namespace }, signal),
    ).rejects.toMatchObject({ code: 'CLUSTER_UNAUTHORIZED', kind: 'denied' });
  });

  it('does not trust another authority, nor another name', async () => {
    const other = { name: 'other', url: testbed.url, token: 'x' };
    const untrusting = await openCluster({ access: other }, signal);
    opened.push(untrusting);
    await expect(untrusting.list(configMaps, {}, signal)).rejects.toMatchObject(
      { code: 'CLUSTER_UNTRUSTED', kind: 'refused' },
    );
    const config = JSON.parse(await readFile(testbed.kubeconfig, 'utf8'));
    config.clusters[0].cluster['tls-server-name'] = 'elsewhere.test';
    const path = `${testbed.kubeconfig}-elsewhere`;
    await writeFile(path, JSON.stringify(config));
    await expect(
      (await open(path)).list(configMaps, {}, signal),
    ).rejects.toMatchObject({
      code: 'CLUSTER_UNTRUSTED',
      message: expect.stringContaining('it is for another host'),
    });
  });
});

describe('a fault', () => {
  it('of the connection does not double or lose anything', async () => {
    const cluster = await open(testbed.kubeconfig, proxy);
    const abort = new AbortController();
    const seen: ObjectChange[] = [];
    const following = follow(cluster, abort.signal, seen);
    // Whoever is cut before the first answer is told sooner that nobody is there.
    await until(() => seen.length > 0);
    const before = proxy.connections;
    const names = Array.from({ length: 60 }, (_, index) => `c${index}`);
    for (const [index, name] of names.entries()) {
      const applying = cluster.apply(configMap(name), { manager }, signal);
      // By progress, not by time: a slow machine gets on too.
      if (index % 3 === 0) setTimeout(proxy.cut, index / 2);
      await applying;
      await cluster.get({ ...configMaps, name, namespace }, signal);
    }
    expect(proxy.connections - before).toBeGreaterThanOrEqual(10);
    await cluster.apply(configMap('last'), { manager }, signal);
    await Promise.race([
      following,
      until(() => namesIn(seen).includes('last')),
    ]);
    expect(new Set(namesIn(seen))).toEqual(new Set([...names, 'last']));
    abort.abort(new Error('stop'));
    await following;
    const listed = await cluster.list(
      configMaps,
      { namespace, labels: 'of=test' },
      signal,
    );
    expect(listed).toHaveLength(61);
  });

  it('of the API server, killed in the middle of a watch and an apply, is lived through', async () => {
    const cluster = await open();
    const abort = new AbortController();
    const seen: ObjectChange[] = [];
    const following = follow(cluster, abort.signal, seen);
    await cluster.apply(configMap('before'), { manager }, signal);
    await until(() => namesIn(seen).includes('before'));
    const applying = Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        cluster.apply(configMap(`during${index}`), { manager }, signal),
      ),
    );
    await testbed.restartApiServer();
    await applying;
    await cluster.apply(configMap('after'), { manager }, signal);
    await until(() => namesIn(seen).includes('after'));
    const names = new Set(namesIn(seen));
    for (let index = 0; index < 20; index += 1) {
      expect(names).toContain(`during${index}`);
    }
    abort.abort(new Error('stop'));
    await following;
  });

  it('of a user who may little is told as it is, also right after a restart', async () => {
    await testbed.apply(`
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: dev, namespace: ${namespace}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: dev}]
`);
    const cluster = await open(await testbed.kubeconfigFor({ name: 'dev' }));
    // A grant holds a moment after it was given.
    for (let isGranted = false; !isGranted; ) {
      isGranted = await cluster
        .apply(configMap('a'), { manager }, signal)
        .then(() => true)
        .catch(error => {
          if (error instanceof ClusterRefusal) return false;
          throw error;
        });
    }
    await testbed.stopApiServer();
    const applying = cluster.apply(configMap('b'), { manager }, signal);
    await testbed.startApiServer();
    await applying;
    expect(
      await cluster.list(configMaps, { namespace, labels: 'of=test' }, signal),
    ).toHaveLength(2);
  });
});

describe('the way in', () => {
  /** A kubeconfig like the administrator's, changed. */
  async function changed(
    name: string,
    change: (config: {
      clusters: { cluster: Record<string, unknown> }[];
      users: { user: Record<string, unknown> }[];
    }) => void,
  ): Promise<string> {
    const config = JSON.parse(await readFile(testbed.kubeconfig, 'utf8'));
    change(config);
    const path = `${testbed.kubeconfig}-${name}`;
    await writeFile(path, JSON.stringify(config));
    return path;
  }

  it('leads through a proxy, with watches', async () => {
    const tunnel = await startConnectProxy();
    const path = await changed('proxy', ({ clusters }) => {
      clusters[0].cluster['proxy-url'] = `http://u:p@127.0.0.1:${tunnel.port}`;
    });
    const cluster = await open(path);
    const abort = new AbortController();
    const seen: ObjectChange[] = [];
    const following = follow(cluster, abort.signal, seen);
    await until(() => seen.length > 0);
    await cluster.apply(configMap('a'), { manager }, signal);
    await until(() => namesIn(seen).includes('a'));
    abort.abort(new Error('stop'));
    await following;
    await cluster.dispose();
    await tunnel.close();
    expect(new Set(tunnel.tunnels.map(({ to }) => to))).toEqual(
      new Set([new URL(testbed.url).host]),
    );
    expect(tunnel.tunnels[0].authorization).toBe(
      `Basic ${Buffer.from('u:p').toString('base64')}`,
    );
  });

  it('is shown by a certificate of a credential plugin, renewed where it is refused', async () => {
    const identity = async (seconds: number) => {
      const path = await testbed.kubeconfigFor({
        name: 'plugged',
        expiresInSeconds: seconds,
      });
      const { users } = JSON.parse(await readFile(path, 'utf8'));
      const pem = (field: string) =>
        Buffer.from(users[0].user[field], 'base64').toString();
      return {
        clientCertificateData: pem('client-certificate-data'),
        clientKeyData: pem('client-key-data'),
      };
    };
    const answers = await Promise.all([identity(-60), identity(600)]);
    const script = `
      const fs = require('node:fs');
      const { answers, count } = JSON.parse(process.argv[1]);
      fs.appendFileSync(count, 'x');
      const status = answers[fs.readFileSync(count, 'utf8').length - 1];
      const apiVersion = 'client.authentication.k8s.io/v1';
      console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion, status }));
    `;
    const count = `${testbed.kubeconfig}-count`;
    const path = await changed('exec', ({ users }) => {
      users[0].user = {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: process.execPath,
          args: ['-e', script, JSON.stringify({ answers, count })],
        },
      };
    });
    const cluster = await open(path);
    const refused = await refusalOf(
      cluster.list(configMaps, { namespace }, signal),
    );
    expect(refused.message).toContain('User "plugged" cannot list');
    expect(await readFile(count, 'utf8')).toBe('xx');
  });

  it('is shown by a token, in the form of the portal', async () => {
    await testbed.request(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts`,
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'portal' },
      },
    );
    const { status } = (await testbed.request(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/portal/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {},
      },
    )) as { status: { token: string } };
    const cluster = await openCluster(
      {
        access: {
          name: 'staging',
          url: testbed.url,
          caData: Buffer.from(testbed.ca).toString('base64'),
          token: status.token,
        },
      },
      signal,
    );
    opened.push(cluster);
    expect(cluster.name).toBe('staging');
    const refused = await refusalOf(
      cluster.list(configMaps, { namespace }, signal),
    );
    expect(refused.message).toContain(
      `User "system:serviceaccount:${namespace}:portal" cannot list`,
    );
  });

  it('is as somebody else, with groups', async () => {
    const path = await changed('as', ({ users }) => {
      users[0].user.as = 'jane';
      users[0].user['as-groups'] = ['devs', 'system:masters'];
    });
    const cluster = await open(path);
    await cluster.apply(configMap('a'), { manager }, signal);
    await changed('as', ({ users }) => {
      users[0].user.as = 'jane';
    });
    expect(
      await refusalOf(
        (await open(path)).list(configMaps, { namespace }, signal),
      ),
    ).toMatchObject({
      message: expect.stringContaining('User "jane" cannot list'),
    });
  });
});

describe('follow', () => {
  it('tells a change within a second', async () => {
    const cluster = await open();
    const abort = new AbortController();
    const seen: ObjectChange[] = [];
    const following = follow(cluster, abort.signal, seen);
    await until(() => seen.length > 0);
    const times: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const name = `c${index}`;
      await testbed.request(
        'POST',
        `/api/v1/namespaces/${namespace}/configmaps`,
        configMap(name),
      );
      const start = performance.now();
      await until(() => namesIn(seen).includes(name));
      times.push(performance.now() - start);
    }
    expect(Math.max(...times)).toBeLessThan(1_000);
    abort.abort(new Error('stop'));
    await following;
  });
});
