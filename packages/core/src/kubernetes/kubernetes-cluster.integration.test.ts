import { isDojoError } from 'backstage-plugin-dojo-common';
import { ClusterRefusal } from '../cluster/cluster-refusal';
import type { Cluster } from '../cluster/cluster';
import { fakeTime } from './__testUtils__/fake-time';
import type { FakeTime } from './__testUtils__/fake-time';
import { startApi, status } from './__testUtils__/start-api';
import type { ApiAnswer, ApiCall, TestApi } from './__testUtils__/start-api';
import { openCluster } from './open-cluster';

jest.setTimeout(60_000);

const token = 'tok-3n-of-the-t3st';
const { signal } = new AbortController();
const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
};
const ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  namespace: 'shop',
};
const webPath = '/apis/apps/v1/namespaces/shop/deployments/web';
const ok: ApiAnswer = { status: 200, body: web };
const manager = 'dojo-portal';

let api: TestApi;
let cluster: Cluster;
let time: FakeTime;
const opened: (() => Promise<void>)[] = [];

async function open(
  answer: (call: ApiCall, index: number) => ApiAnswer | Promise<ApiAnswer>,
): Promise<void> {
  api = await startApi(answer);
  time = fakeTime();
  cluster = await openCluster(
    { access: { name: 'test', url: api.url, token } },
    signal,
    time,
  );
  opened.push(() => cluster.dispose(), api.close);
}

/** Answers in this order, the last one again and again. */
const inTurn =
  (...answers: ApiAnswer[]) =>
  (_: ApiCall, index: number) =>
    answers[Math.min(index, answers.length - 1)];

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await failureOf(promise);
  if (isDojoError(error)) return error.code;
  throw error;
}
async function refusalOf(
  promise: Promise<unknown>,
): Promise<ClusterRefusal['refused']> {
  const error = await failureOf(promise);
  if (error instanceof ClusterRefusal) return error.refused;
  throw error;
}

const dropped: ApiAnswer = response => void response.destroy();
const cut: ApiAnswer = async response => {
  response.writeHead(200, { 'content-type': 'application/json' });
  await new Promise(resolve => {
    response.write('{"kind":', resolve);
  });
  response.destroy();
};

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

describe('a request', () => {
  it('waits as long as a 429 asks, and is sent again', async () => {
    await open(
      inTurn(
        {
          ...status(429, 'TooManyRequests', 'later'),
          headers: { 'retry-after': '2' },
        },
        ok,
      ),
    );
    expect(await cluster.get(ref, signal)).toEqual(web);
    expect(time.waits).toEqual([2_000]);
    expect(api.calls).toHaveLength(2);
  });

  it.each<[string, ApiAnswer]>([
    ['a dropped connection', dropped],
    ['a body that is cut', cut],
    ['a 503', status(503, 'ServiceUnavailable', 'starting')],
    ['a 502 of a proxy', { status: 502, body: '<html>' }],
    ['a lost leader of etcd', status(500, '', 'etcdserver: leader changed')],
  ])('lives through %s', async (_, fault) => {
    await open(inTurn(fault, fault, ok));
    expect(await cluster.get(ref, signal)).toEqual(web);
    expect(api.calls).toHaveLength(3);
    expect(time.waits).toEqual([200, 400]);
  });

  it('gives up in the end, with the last words of the server', async () => {
    await open(
      inTurn(status(503, 'ServiceUnavailable', 'apiserver is starting')),
    );
    const error = await failureOf(cluster.get(ref, signal));
    expect(error).toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      kind: 'unavailable',
      message: expect.stringContaining('503 (apiserver is starting)'),
    });
    const waited = time.waits.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeGreaterThan(15_000);
    expect(waited).toBeLessThanOrEqual(30_000);
  });

  it('is sent three times where a webhook fails, and is then refused with its name', async () => {
    const message =
      'failed calling webhook "services.gone.example.test": connection refused';
    await open(inTurn(status(500, 'InternalError', message)));
    const refused = await refusalOf(
      cluster.apply(web, { manager, dryRun: true }, signal),
    );
    expect(refused).toMatchObject({ status: 500, message, dryRun: true });
    expect(api.calls).toHaveLength(3);
  });

  it('is sent once where the object is to blame', async () => {
    const message =
      'failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema';
    await open(inTurn(status(500, '', message)));
    expect(await refusalOf(cluster.apply(web, { manager }, signal))).toEqual({
      status: 400,
      reason: 'BadRequest',
      message,
      causes: [
        {
          reason: 'FieldValueInvalid',
          message: 'field not declared in schema',
          field: '.spec.replica',
        },
      ],
      verb: 'patch',
      resource: 'deployments',
      group: 'apps',
      object: ref,
      dryRun: false,
    });
    expect(api.calls).toHaveLength(1);
  });

  it('does not follow a redirect, and no token goes where it leads', async () => {
    const elsewhere = await startApi(() => ok);
    opened.push(elsewhere.close);
    await open(() => ({ status: 302, headers: { location: elsewhere.url } }));
    expect(await codeOf(cluster.get(ref, signal))).toBe(
      'CLUSTER_ANSWER_INVALID',
    );
    expect(elsewhere.calls).toEqual([]);
  });

  it.each<[string, ApiAnswer]>([
    ['a page', { status: 200, body: '<html>log in</html>' }],
    ['another thing', { status: 200, body: [] }],
    ['an object without a name', { status: 200, body: { metadata: {} } }],
  ])('does not take %s for an object', async (_, answer) => {
    await open(() => answer);
    expect(await codeOf(cluster.get(ref, signal))).toBe(
      'CLUSTER_ANSWER_INVALID',
    );
  });

  it('ends an answer that is too large', async () => {
    const piece = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    await open(() => async response => {
      response.on('error', () => {});
      while (!response.destroyed && sent < 100) {
        sent += 1;
        await new Promise(resolve => {
          response.write(piece, resolve);
        });
      }
      response.end();
    });
    expect(await codeOf(cluster.get(ref, signal))).toBe(
      'CLUSTER_ANSWER_TOO_LARGE',
    );
    expect(sent).toBeLessThan(60);
    expect(api.calls).toHaveLength(1);
  });

  it('asks once for new credentials where they are refused, and tells no secret', async () => {
    await open(inTurn(status(401, 'Unauthorized', `no ${token}`)));
    const error = await failureOf(cluster.get(ref, signal));
    expect(error).toMatchObject({
      code: 'CLUSTER_UNAUTHORIZED',
      kind: 'denied',
    });
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(token);
    expect(api.calls.map(call => call.authorization)).toEqual([
      `Bearer ${token}`,
      `Bearer ${token}`,
    ]);
  });

  it('removes the token from what a server says', async () => {
    await open(() => status(403, 'Forbidden', `you sent ${token}`));
    expect(await refusalOf(cluster.get(ref, signal))).toMatchObject({
      status: 403,
      reason: 'Forbidden',
      message: 'you sent [redacted]',
      verb: 'get',
    });
  });

  it('takes no refusal of a server that has just come back', async () => {
    const early = status(403, 'Forbidden', 'roles are not known yet');
    await open(inTurn(dropped, early, early, ok));
    expect(await cluster.get(ref, signal)).toEqual(web);
  });

  it('takes one that stays', async () => {
    await open(inTurn(dropped, status(403, 'Forbidden', 'you may not')));
    expect((await refusalOf(cluster.get(ref, signal))).status).toBe(403);
    const waited = time.waits.reduce((sum, wait) => sum + wait, 0);
    expect(waited).toBeLessThan(12_000);
    await refusalOf(cluster.get(ref, signal));
    expect(time.waits.reduce((sum, wait) => sum + wait, 0)).toBe(waited);
  });

  it('ends with the reason of its signal', async () => {
    const abort = new AbortController();
    await open(() => () => abort.abort(new Error('enough')));
    await expect(cluster.get(ref, abort.signal)).rejects.toThrow('enough');
  });
});

describe('prepare', () => {
  it('makes the connection that the first request takes, and sends nothing', async () => {
    await open(() => ok);
    cluster.prepare!();
    await api.connected;
    expect(api.calls).toEqual([]);
    await cluster.get(ref, signal);
    expect(api.connections()).toBe(1);
  });

  it('leaves it to the first request to make one, where it fails', async () => {
    await open(() => ok);
    await api.close();
    cluster.prepare!();
    expect(await codeOf(cluster.get(ref, signal))).toBe('CLUSTER_UNREACHABLE');
  });

  it('leaves no connection open that nobody took', async () => {
    api = await startApi(() => ok);
    const own = await openCluster(
      { access: { name: 'test', url: api.url } },
      signal,
    );
    own.prepare!();
    await api.connected;
    await own.dispose();
    await expect(api.closed).resolves.toBeUndefined();
    await api.close();
    own.prepare!();
  });
});

describe('list', () => {
  const page = (names: string[], next?: string): ApiAnswer => ({
    status: 200,
    body: {
      metadata: { resourceVersion: '7', continue: next },
      items: names.map(name => ({ metadata: { name } })),
    },
  });
  const kind = { apiVersion: 'apps/v1', kind: 'Deployment' };

  it('reads all pages, with the kind in each object', async () => {
    await open(inTurn(page(['a'], 'n&xt'), page(['b'])));
    const query = { namespace: 'shop', labels: 'app=web,tier!=x' };
    expect(await cluster.list(kind, query, signal)).toEqual([
      { ...kind, metadata: { name: 'a' } },
      { ...kind, metadata: { name: 'b' } },
    ]);
    expect(
      api.calls.map(({ query: asked }) => Object.fromEntries(asked)),
    ).toEqual([
      { limit: '500', labelSelector: 'app=web,tier!=x' },
      { limit: '500', labelSelector: 'app=web,tier!=x', continue: 'n&xt' },
    ]);
  });

  it('begins again where its beginning is forgotten', async () => {
    const gone = status(410, 'Expired', 'the continue token is too old');
    await open(inTurn(page(['a'], 'n'), gone, page(['b'])));
    const names = await cluster.list(kind, {}, signal);
    expect(names.map(({ metadata }) => metadata.name)).toEqual(['b']);
  });

  it('ends a list that has no end', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `n${index}`);
    await open(() => page(names, 'more'));
    expect(await codeOf(cluster.list(kind, {}, signal))).toBe(
      'CLUSTER_ANSWER_TOO_LARGE',
    );
    expect(api.calls).toHaveLength(41);
  });

  it('takes a null for no items', async () => {
    await open(() => ({
      status: 200,
      body: { metadata: { resourceVersion: '1' }, items: null },
    }));
    expect(await cluster.list(kind, {}, signal)).toEqual([]);
  });
});

describe('apply', () => {
  it('is strict, names its manager, and has the warnings', async () => {
    await open(() => ({
      status: 200,
      headers: { warning: '299 - "old", 299 - "older"' },
      body: web,
    }));
    const options = { manager, dryRun: true };
    expect(await cluster.apply(web, options, signal)).toEqual({
      object: web,
      warnings: ['old', 'older'],
    });
    expect(api.calls[0]).toMatchObject({ method: 'PATCH', path: webPath });
    expect(Object.fromEntries(api.calls[0].query)).toEqual({
      fieldManager: 'dojo-portal',
      fieldValidation: 'Strict',
      dryRun: 'All',
    });
    expect(JSON.parse(api.calls[0].body)).toEqual(web);
  });

  it('is sent again where its answer was lost', async () => {
    await open(inTurn(dropped, ok));
    await cluster.apply(web, { manager, force: true }, signal);
    expect(api.calls).toHaveLength(2);
    expect(api.calls[1].query.get('force')).toBe('true');
  });
});

describe('patch', () => {
  const operations = [{ op: 'remove', path: '/metadata/labels/a' }] as const;

  it('is not sent again where its answer was lost', async () => {
    await open(inTurn(dropped, ok));
    expect(
      await codeOf(cluster.patch(ref, operations, { manager }, signal)),
    ).toBe('CLUSTER_UNREACHABLE');
    expect(api.calls).toHaveLength(1);
  });

  it('is sent again as a dry run', async () => {
    await open(inTurn(dropped, ok));
    await cluster.patch(ref, operations, { manager, dryRun: true }, signal);
    expect(api.calls[1].query.get('dryRun')).toBe('All');
    expect(JSON.parse(api.calls[1].body)).toEqual(operations);
  });
});

describe('delete', () => {
  const options = { uid: 'u-1', resourceVersion: '5' };
  const changed = status(409, 'Conflict', 'the UID in the precondition');
  const absent = status(404, 'NotFound', 'deployments.apps "web" not found');
  const live = (metadata: object): ApiAnswer => ({
    status: 200,
    body: { ...web, metadata: { ...web.metadata, ...metadata } },
  });

  it('deletes this very object in this very version', async () => {
    await open(() => ok);
    await cluster.delete(ref, { ...options, dryRun: true }, signal);
    expect(api.calls).toEqual([
      expect.objectContaining({ method: 'DELETE', path: webPath }),
    ]);
    expect(JSON.parse(api.calls[0].body)).toEqual({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: options,
      propagationPolicy: 'Background',
      dryRun: ['All'],
    });
  });

  it.each<[string, ApiAnswer[]]>([
    ['it is gone', [absent]],
    ['its first try was done and its answer lost', [dropped, absent]],
    ['another has its name', [changed, live({ uid: 'u-2' })]],
    [
      'it is on its way out',
      [dropped, changed, live({ uid: 'u-1', deletionTimestamp: 'x' })],
    ],
    ['it went after the conflict', [changed, absent]],
  ])('is done where %s', async (_, answers) => {
    await open(inTurn(...answers));
    await cluster.delete(ref, options, signal);
    expect(api.calls).toHaveLength(answers.length);
  });

  it('is refused where the object changed', async () => {
    await open(inTurn(changed, live({ uid: 'u-1' })));
    expect(await refusalOf(cluster.delete(ref, options, signal))).toMatchObject(
      { status: 409, verb: 'delete' },
    );
  });

  it.each([
    ['v1', 'PersistentVolumeClaim'],
    ['v1', 'PersistentVolume'],
    ['v1', 'Namespace'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['example.test/v1', 'Namespace'],
  ])('never reaches the server for %s %s', async (apiVersion, kind) => {
    await open(() => ok);
    const protectedRef = { apiVersion, kind, name: 'a', namespace: 'shop' };
    for (const dryRun of [false, true]) {
      expect(
        await codeOf(
          cluster.delete(protectedRef, { ...options, dryRun }, signal),
        ),
      ).toBe('CLUSTER_KIND_PROTECTED');
    }
    expect(api.calls).toEqual([]);
  });
});

describe('kinds that Kubernetes does not bring', () => {
  const discovery: ApiAnswer = {
    status: 200,
    body: {
      kind: 'APIResourceList',
      resources: [
        { name: 'applications', kind: 'Application', namespaced: true },
        { name: 'applications/status', kind: 'Application', namespaced: true },
      ],
    },
  };
  const app = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    name: 'a',
    namespace: 'shop',
  };
  const answer = ({ path }: ApiCall): ApiAnswer =>
    path === '/apis/argoproj.io/v1alpha1' ? discovery : ok;

  it('are asked for once an apiVersion', async () => {
    await open(answer);
    await Promise.all([cluster.get(app, signal), cluster.get(app, signal)]);
    await cluster.get(app, signal);
    expect(api.calls.map(({ path }) => path).sort()).toEqual([
      '/apis/argoproj.io/v1alpha1',
      ...Array(3).fill(
        '/apis/argoproj.io/v1alpha1/namespaces/shop/applications/a',
      ),
    ]);
  });

  it.each<[string, ApiAnswer]>([
    ['the group', { status: 404, body: '404 page not found' }],
    [
      'the kind',
      { status: 200, body: { kind: 'APIResourceList', resources: [] } },
    ],
  ])(
    'are refused as absent where the cluster does not know %s',
    async (_, found) => {
      await open(() => found);
      expect(await refusalOf(cluster.get(app, signal))).toMatchObject({
        status: 404,
        message:
          'no matches for kind "Application" in version "argoproj.io/v1alpha1"',
      });
    },
  );
});

describe('get', () => {
  it('proves an absence by the server, not by a path that nobody knows', async () => {
    await open(
      inTurn(
        status(404, 'NotFound', 'deployments.apps "web" not found'),
        { status: 404, body: '404 page not found' },
        status(
          404,
          'NotFound',
          'the server could not find the requested resource',
        ),
      ),
    );
    expect(await cluster.get(ref, signal)).toBeUndefined();
    expect((await refusalOf(cluster.get(ref, signal))).status).toBe(404);
    expect((await refusalOf(cluster.get(ref, signal))).status).toBe(404);
  });
});
