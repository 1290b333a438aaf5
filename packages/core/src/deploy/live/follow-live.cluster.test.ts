import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startCluster } from 'dojo-testing';
import type { TestCluster } from 'dojo-testing';
import type { Cluster } from '../../cluster/cluster';
import { openCluster } from '../../kubernetes/open-cluster';
import { systemTimer } from '../../local/system-timer';
import { followLive } from './follow-live';
import type { LiveFacts } from './live-component';
import { mapsAt, valueAt } from '../health/object-fields';
import { readLiveLog } from './read-live-log';

jest.setTimeout(240_000);

const { signal } = new AbortController();
const user = 'portal';
const clock = { now: () => new Date() };
// eslint-disable-next-line no-restricted-syntax -- the grants as they stand in the checkout are what is tested
const grants = resolve(__dirname, '../../../../../deploy/portal/grants');
const role = readFileSync(`${grants}/cluster/watch-role.yaml`, 'utf8');
const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: test}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: dojo-portal-watch}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ${user}}]
`;
const sleeps = 'trap "exit 0" TERM; while :; do sleep 0.2; done';
const crashes =
  'echo reading the configuration; echo "token=hunter2hunter2" >&2; exit 1';

const ledger = (digit: string, script: string, component = 'ledger') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: component,
    namespace: `${component}-staging`,
    labels: { 'app.kubernetes.io/part-of': component },
  },
  spec: {
    replicas: 1,
    strategy: { type: 'Recreate' },
    selector: { matchLabels: { 'app.kubernetes.io/name': component } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': component } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: component,
            image: `ghcr.io/acme/${component}@sha256:${digit.repeat(64)}`,
            command: ['sh', '-c', script],
          },
        ],
      },
    },
  },
});

/** What a follower told, and who waits for more. */
class Told {
  readonly all: (readonly [string, LiveFacts])[] = [];
  alive = 0;
  #waiting: (() => void)[] = [];
  #end: unknown;

  readonly onFacts = (component: string, facts: LiveFacts) => {
    this.all.push([component, facts]);
    this.#wake();
  };

  readonly onAlive = () => {
    this.alive += 1;
    this.#wake();
  };

  /** Nothing is told any more. */
  readonly ended = (why: unknown) => {
    this.#end = why ?? new Error('it ended');
    this.#wake();
  };

  /** The last facts of a component once they are as wished. @throws what the follower ended with. */
  async until(
    holds: (facts: LiveFacts) => boolean,
    component = 'ledger',
  ): Promise<LiveFacts> {
    for (;;) {
      const last = this.all.findLast(([name]) => name === component)?.[1];
      if (last && holds(last)) return last;
      if (this.#end !== undefined) throw this.#end;
      await this.changed();
    }
  }

  changed(): Promise<void> {
    return new Promise(wake => {
      this.#waiting.push(wake);
    });
  }

  #wake() {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach(wake => wake());
  }
}

const is = (kind: string) => (facts: LiveFacts) => facts.health.kind === kind;

describe('followLive, on a real control plane', () => {
  let testbed: TestCluster;
  let admin: Cluster;
  let portal: Cluster;
  let told: Told;
  let over: AbortController;
  let following: Promise<unknown>;

  beforeAll(async () => {
    testbed = await startCluster();
    admin = await openCluster(
      { kubeconfig: { path: testbed.kubeconfig } },
      signal,
    );
    const path = await testbed.kubeconfigFor({ name: user });
    portal = await openCluster({ kubeconfig: { path } }, signal);
    for (const name of ['ledger-staging', 'ledger-dev', 'shop-staging']) {
      await testbed.createNamespace({ name });
    }
  });
  afterAll(async () => {
    over?.abort();
    await following;
    await portal?.dispose();
    await admin?.dispose();
    await testbed?.stop();
  });

  const apply = (object: ReturnType<typeof ledger>) =>
    admin.apply(object, { manager: 'dojo-portal', force: true }, signal);
  const calls = async () =>
    (await testbed.audit({ user })).map(
      ({ verb, resource, subresource }) =>
        `${verb} ${resource}${subresource ? `/${subresource}` : ''}`,
    );
  /** Until the API server knows that the portal may read them. */
  const granted = async (resource: string) => {
    for (;;) {
      const review = await testbed.request(
        'POST',
        '/apis/authorization.k8s.io/v1/subjectaccessreviews',
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SubjectAccessReview',
          spec: {
            user,
            resourceAttributes: {
              verb: 'watch',
              resource,
              ...(resource === 'deployments' && { group: 'apps' }),
            },
          },
        },
      );
      if (valueAt(review, 'status', 'allowed') === true) return;
    }
  };
  const follow = () => {
    told = new Told();
    over = new AbortController();
    const { onFacts, onAlive } = told;
    const options = {
      cluster: portal,
      environment: 'staging',
      clock,
      timer: systemTimer,
      onFacts,
      onAlive,
    };
    following = followLive(options, over.signal).catch(error => error);
    void following.then(told.ended);
  };

  it('says which right is missing, and that a token is refused', async () => {
    const options = {
      environment: 'staging',
      clock,
      timer: systemTimer,
      onFacts: () => undefined,
    };
    await expect(
      followLive({ ...options, cluster: portal }, signal),
    ).rejects.toMatchObject({
      code: 'LIVE_RIGHT_MISSING',
      message: expect.stringMatching(
        /^The portal may not read staging: its service account lacks the right to (list|watch) (deployments|pods)\.$/,
      ),
    });
    const stranger = await openCluster(
      {
        access: {
          name: 'staging',
          url: testbed.url,
          caData: Buffer.from(testbed.ca).toString('base64'),
          token: 'of-yesterday',
        },
      },
      signal,
    );
    await expect(
      followLive({ ...options, cluster: stranger }, signal),
    ).rejects.toMatchObject({
      code: 'LIVE_TOKEN_REFUSED',
      message: 'The portal may not read staging (token expired).',
      hint: 'Your platform team can renew it.',
    });
    await stranger.dispose();
    await testbed.apply(role);
    await testbed.apply(binding);
    // A grant holds a moment after it was given.
    for (const right of ['deployments', 'pods']) await granted(right);
  });

  it('tells of what is there with two watches, and of nobody else', async () => {
    await apply(ledger('a', sleeps));
    await apply({
      ...ledger('a', sleeps),
      metadata: { ...ledger('a', sleeps).metadata, namespace: 'ledger-dev' },
    });
    await apply(ledger('a', sleeps, 'shop'));
    const before = (await calls()).length;
    follow();
    const healthy = await told.until(is('healthy'));
    await told.until(is('healthy'), 'shop');
    expect(healthy).toMatchObject({
      running: {
        kind: 'version',
        digest: `sha256:${'a'.repeat(64)}`,
        ready: 1,
        of: 1,
      },
      drift: { kind: 'none' },
    });
    expect(new Set(told.all.map(([name]) => name))).toEqual(
      new Set(['ledger', 'shop']),
    );
    const made = (await calls()).slice(before);
    process.stdout.write(`calls at start: ${made.join(', ')}\n`);
    expect(
      made.filter(call => !/^watch (deployments|pods)$/.test(call)),
    ).toEqual([]);
    expect(made.length).toBeLessThanOrEqual(2);
    expect(told.alive).toBeGreaterThan(0);
  });

  it('tells who changed what by hand, until it is applied again', async () => {
    await testbed.request(
      'PATCH',
      '/apis/apps/v1/namespaces/ledger-staging/deployments/ledger?fieldManager=kubectl-edit',
      {
        spec: {
          replicas: 2,
          template: {
            spec: {
              containers: [
                { name: 'ledger', image: 'ghcr.io/acme/ledger:test' },
              ],
            },
          },
        },
      },
      'application/strategic-merge-patch+json',
    );
    const { drift } = await told.until(facts => facts.drift.kind === 'drifted');
    expect(drift).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({
          object: 'Deployment/ledger',
          field: 'replicas',
          wanted: '1',
          live: '2',
          manager: 'kubectl',
          at: expect.any(String),
        }),
        expect.objectContaining({
          field: 'image',
          wanted: `sha256:${'a'.repeat(64)}`,
          live: ':test',
        }),
      ]),
      omitted: 0,
    });
    await apply(ledger('a', sleeps));
    await told.until(
      facts => facts.drift.kind === 'none' && is('healthy')(facts),
    );
  });

  it('says that the replicas of an autoscaler are left alone', async () => {
    await testbed.request(
      'PATCH',
      '/apis/apps/v1/namespaces/shop-staging/deployments/shop/scale?fieldManager=kube-controller-manager',
      { spec: { replicas: 2 } },
      'application/merge-patch+json',
    );
    const { drift } = await told.until(
      ({ running }) => running.kind === 'version' && running.of === 2,
      'shop',
    );
    expect(drift).toEqual({
      kind: 'none',
      leftAlone: [
        {
          field: 'replicas',
          owner: 'autoscaler',
          sentence: 'replicas belongs to the autoscaler; it is left alone.',
        },
      ],
    });
  });

  it('survives a restart of the API server, and hears what comes after it', async () => {
    await testbed.restartApiServer();
    const { metadata, spec } = ledger('a', sleeps);
    await apply({
      ...ledger('a', sleeps),
      metadata,
      spec: { ...spec, replicas: 0 },
    });
    const stopped = await told.until(
      facts => is('stopped')(facts) && facts.running.kind === 'nothing',
    );
    expect(stopped.running).toMatchObject({
      kind: 'nothing',
      last: `sha256:${'a'.repeat(64)}`,
    });
    await apply(ledger('a', sleeps));
    await told.until(is('healthy'));
  });

  it('tells within 5 s of the crash that it is down, why, and what was written', async () => {
    const before = (await calls()).length;
    await apply(ledger('b', crashes));
    const down = await told.until(
      facts => is('down')(facts) && (facts.cause?.log?.length ?? 0) > 0,
    );
    expect(down.running.kind).toBe('nothing');
    expect(down.health).toMatchObject({
      sentence: expect.stringMatching(
        /^exits at start \(code 1(, \d+ restarts?)?\)$/,
      ),
    });
    expect(down.cause).toMatchObject({
      code: 'CONTAINER_CRASHED',
      exitCode: 1,
      object: expect.stringMatching(/^Pod\/ledger-staging\/ledger-/),
      log: ['reading the configuration', 'token=[redacted]'],
    });
    const second = await told.until(facts => (facts.cause?.restarts ?? 0) >= 2);
    expect(second.health).toMatchObject({
      sentence: `exits at start (code 1, ${second.cause?.restarts} restarts)`,
    });
    const made = (await calls()).slice(before);
    const beside = made.filter(call => !call.startsWith('watch'));
    process.stdout.write(
      `calls for a failing pod in ${
        second.cause?.restarts
      } restarts: ${beside.join(', ')}\n`,
    );
    expect(
      beside.every(call => /^(list events|get pods\/log)$/.test(call)),
    ).toBe(true);
    // It goes on crashing meanwhile.
    const [pod] = await admin.list(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace: 'ledger-staging' },
      signal,
    );
    const [{ restartCount }] = mapsAt(pod, 'status', 'containerStatuses');
    expect(beside.length).toBeLessThanOrEqual(2 * (Number(restartCount) + 1));
    const readLog = () =>
      readLiveLog(
        { cluster: portal, component: 'ledger', environment: 'staging' },
        signal,
      );
    let log = await readLog();
    // That of a run which has just begun has nothing in it yet.
    while (log.lines.length < 2) log = await readLog();
    expect(log).toMatchObject({
      container: 'ledger',
      lines: ['reading the configuration', 'token=[redacted]'],
    });
  });

  it('is healthy again, without its cause, and gone when it is deleted', async () => {
    await apply(ledger('a', sleeps));
    const healthy = await told.until(is('healthy'));
    expect(healthy.cause).toBeUndefined();
    await testbed.request(
      'DELETE',
      '/apis/apps/v1/namespaces/shop-staging/deployments/shop',
    );
    const gone = await told.until(is('not-deployed'), 'shop');
    expect(gone.running).toMatchObject({ kind: 'nothing' });
  });
});
