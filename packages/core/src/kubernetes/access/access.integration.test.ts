import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { createTemporaryFolder } from '../../local/temporary-folder';
import { fakeTime } from '../__testUtils__/fake-time';
import { startApi, status } from '../__testUtils__/start-api';
import type { ApiAnswer, TestApi } from '../__testUtils__/start-api';
import { openCluster } from '../open-cluster';
import { readInClusterAccess } from './in-cluster-access';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const pods = { apiVersion: 'v1', kind: 'Pod' };
const empty: ApiAnswer = {
  status: 200,
  body: { metadata: { resourceVersion: '1' }, items: [] },
};

let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
let api: TestApi;
/** What an answer is given by; default: everything is well. */
let accepts: (authorization: string | undefined) => boolean;

beforeEach(async () => {
  folder = await createTemporaryFolder(tmpdir(), 'dojo-access-');
  accepts = () => true;
  api = await startApi(({ authorization }) =>
    accepts(authorization) ? empty : status(401, 'Unauthorized', 'no'),
  );
});
afterEach(async () => {
  await api.close();
  await folder.dispose();
});

async function write(name: string, text: string, mode = 0o600) {
  const path = join(folder.path, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

const config = (user: object | null, cluster: object = {}) =>
  JSON.stringify({
    'current-context': 'x',
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server: api.url, ...cluster } }],
    users: [{ name: 'u', user }],
  });

/** Lists pods as a kubeconfig's user, so often. */
async function list(path: string | undefined, times = 1, env = {}) {
  const time = fakeTime();
  const options = { ...time, env: { PATH: process.env.PATH, ...env } };
  const cluster = await openCluster({ kubeconfig: { path } }, signal, options);
  try {
    for (let count = 0; count < times; count += 1) {
      await cluster.list(pods, {}, signal);
      await time.sleep(50_000, signal);
    }
    return cluster.name;
  } finally {
    await cluster.dispose();
  }
}

async function errorOf(promise: Promise<unknown>) {
  const error = await promise.catch((caught: unknown) => caught);
  if (isDojoError(error)) return error;
  throw new Error(`no DojoError: ${error}`);
}

const sent = () => api.calls.map(({ authorization }) => authorization);

/** A credential plugin, a script of this Node. */
const plugin = (script: string) =>
  write(
    'bin/get-token',
    `#!${process.execPath}\nconst info = JSON.parse(process.env.KUBERNETES_EXEC_INFO);\nconst give = status => console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: info.apiVersion, status }));\n${script}`,
    0o700,
  );
const exec = (more: object = {}) => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './bin/get-token',
    interactiveMode: 'IfAvailable',
    ...more,
  },
});

describe('a kubeconfig', () => {
  it.each<[string, object | null, string | undefined]>([
    ['a token', { token: 'a-token' }, 'Bearer a-token'],
    [
      'a name with a password',
      { username: 'u', password: 'p' },
      `Basic ${Buffer.from('u:p').toString('base64')}`,
    ],
    ['nobody', null, undefined],
  ])('with %s', async (_, user, header) => {
    await list(await write('config', config(user)));
    expect(sent()).toEqual([header]);
  });

  it('reads the file of a token again, relative to its own folder', async () => {
    const path = await write('config', config({ tokenFile: 'token' }));
    await write('token', 'first\n');
    const time = fakeTime();
    const cluster = await openCluster({ kubeconfig: { path } }, signal, time);
    const listAfter = async (seconds: number) => {
      await time.sleep(seconds * 1_000, signal);
      await cluster.list(pods, {}, signal);
    };
    await listAfter(0);
    // Replaced while the run goes on, as a projected one.
    await write('token', 'second\n');
    await listAfter(59);
    await listAfter(1);
    expect(sent()).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    await write('token', '\n');
    await time.sleep(60_000, signal);
    expect(await errorOf(cluster.list(pods, {}, signal))).toMatchObject({
      code: 'KUBECONFIG_INVALID',
      message: expect.stringContaining('tokenFile token is empty'),
    });
    await cluster.dispose();
  });

  it('reads the file of a token again where it is refused', async () => {
    const path = await write('config', config({ tokenFile: 'token' }));
    await write('token', 'first');
    const time = fakeTime();
    const source = { kubeconfig: { path } };
    const cluster = await openCluster(source, signal, time);
    await cluster.list(pods, {}, signal);
    await write('token', 'second');
    accepts = authorization => authorization === 'Bearer second';
    await Promise.all([
      cluster.list(pods, {}, signal),
      cluster.list(pods, {}, signal),
    ]);
    await cluster.dispose();
    expect(sent().filter(one => one === 'Bearer second')).toHaveLength(2);
  });

  it('that switches the verification of certificates off is told of, and no other', async () => {
    const warningsOf = async (cluster: object) => {
      const path = await write('tls', config({ token: 'a' }, cluster));
      const opened = await openCluster({ kubeconfig: { path } }, signal);
      await opened.dispose();
      return opened.warnings;
    };
    expect(await warningsOf({ 'insecure-skip-tls-verify': true })).toEqual([
      'the certificate of the cluster c is not verified, since its kubeconfig says insecure-skip-tls-verify: whoever is between may read and change everything',
    ]);
    expect(await warningsOf({ 'insecure-skip-tls-verify': false })).toEqual([]);
    expect(await warningsOf({})).toEqual([]);
  });

  it('is found by KUBECONFIG, or in the home, and context and cluster are told by name', async () => {
    const path = await write('.kube/config', config({ token: 'home' }));
    const other = await write('other', config({ token: 'listed' }));
    const none = join(folder.path, 'none');
    const home = { HOME: folder.path };
    expect(await list(undefined, 1, home)).toBe('c');
    await list(undefined, 1, {
      ...home,
      KUBECONFIG: `${none}:${other}:${path}`,
    });
    expect(sent()).toEqual(['Bearer home', 'Bearer listed']);
    expect(await errorOf(list(none))).toMatchObject({
      code: 'KUBECONFIG_MISSING',
      message: expect.stringContaining(none),
    });
    expect(
      await errorOf(list(undefined, 1, { HOME: join(folder.path, 'bin') })),
    ).toMatchObject({ code: 'KUBECONFIG_MISSING' });
  });

  it.each<[string, object, object, string, string]>([
    [
      'http that leaves this machine',
      {},
      { server: 'http://cluster.test' },
      'CLUSTER_URL_INVALID',
      'is not https',
    ],
    [
      'an address without a scheme',
      {},
      { server: 'cluster.test:6443' },
      'CLUSTER_URL_INVALID',
      'no https address',
    ],
    [
      'credentials in the address',
      {},
      { server: 'https://u:pa55@cluster.test' },
      'CLUSTER_URL_INVALID',
      'credentials',
    ],
    [
      'a file that is not there',
      {},
      { 'certificate-authority': 'ca.pem' },
      'KUBECONFIG_INVALID',
      'certificate-authority ca.pem cannot be read',
    ],
    [
      'both an authority and none',
      {},
      {
        'certificate-authority-data': 'eA==',
        'insecure-skip-tls-verify': true,
      },
      'KUBECONFIG_INVALID',
      'insecure-skip-tls-verify',
    ],
    [
      'a proxy that is none',
      {},
      { 'proxy-url': 'ftp://u:pa55@proxy.test' },
      'KUBECONFIG_INVALID',
      'proxy-url',
    ],
    [
      'a plugin that kubectl has no more',
      { 'auth-provider': { name: 'gcp' } },
      {},
      'KUBECONFIG_INVALID',
      'auth-provider gcp',
    ],
    [
      'a certificate without its key',
      { 'client-certificate-data': 'eA==' },
      {},
      'KUBECONFIG_INVALID',
      'without its key',
    ],
    [
      'a token with a line end',
      { token: 'pa55\nX-Evil: 1' },
      {},
      'CLUSTER_CREDENTIALS_FAILED',
      'characters',
    ],
    [
      'a token file that is not there',
      { tokenFile: 'none' },
      {},
      'KUBECONFIG_INVALID',
      'tokenFile none cannot be read',
    ],
  ])('is refused with %s', async (_, user, cluster, code, words) => {
    const path = await write('config', config(user, cluster));
    const error = await errorOf(list(path));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(words);
    expect(`${error.message} ${error.hint}`).not.toContain('pa55');
    expect(api.calls).toEqual([]);
  });
});

describe('a credential plugin', () => {
  it('gives a token, is asked again when that expires, and knows what it is for', async () => {
    await plugin(`
      const fs = require('node:fs');
      const log = process.env.LOG;
      fs.appendFileSync(log, JSON.stringify([process.argv.slice(2), info.spec, process.env.OWN]) + '\\n');
      const count = fs.readFileSync(log, 'utf8').split('\\n').length - 1;
      give({ token: 't' + count, expirationTimestamp: '2026-11-29T12:01:30Z' });
    `);
    const log = join(folder.path, 'log');
    const path = await write(
      'config',
      config(
        exec({
          args: ['--role', 'a b; rm -rf /'],
          env: [{ name: 'OWN', value: 'v' }],
          provideClusterInfo: true,
        }),
      ),
    );
    await list(path, 3, { LOG: log });
    expect(sent()).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2']);
    const [asked] = (await readFile(log, 'utf8')).split('\n');
    expect(JSON.parse(asked)).toEqual([
      ['--role', 'a b; rm -rf /'],
      { interactive: false, cluster: { server: api.url } },
      'v',
    ]);
  });

  it('is asked again once where its token is refused', async () => {
    await plugin(`
      const fs = require('node:fs');
      fs.appendFileSync(process.env.LOG, 'x');
      give({ token: 't' + fs.readFileSync(process.env.LOG, 'utf8').length });
    `);
    const path = await write('config', config(exec()));
    accepts = authorization => authorization === 'Bearer t2';
    const env = { LOG: join(folder.path, 'log') };
    await list(path, 2, env);
    expect(sent()).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2']);
    accepts = () => false;
    expect(await errorOf(list(path, 1, env))).toMatchObject({
      code: 'CLUSTER_UNAUTHORIZED',
    });
  });

  it.each<[string, string, object, string]>([
    [
      'that fails',
      'console.error("no session for pa55-w0rd"); process.exit(3)',
      { env: [{ name: 'P', value: 'pa55-w0rd' }] },
      'ended with code 3 (no session for [redacted])',
    ],
    [
      'that writes another thing',
      'console.log("pa55-w0rd")',
      {},
      'wrote no ExecCredential',
    ],
    ['that gives nothing', 'give({})', {}, 'neither a token nor a certificate'],
    [
      'that writes without end',
      'setInterval(() => process.stdout.write("pa55-w0rd".repeat(1e5)), 1)',
      {},
      'wrote too much',
    ],
    ['that is not there', '', { command: './bin/none' }, 'cannot be started'],
    [
      'that needs a terminal',
      '',
      { interactiveMode: 'Always' },
      'needs a terminal',
    ],
  ])('%s is told of', async (_, script, more, words) => {
    await plugin(script);
    const path = await write('config', config(exec(more)));
    const error = await errorOf(list(path));
    expect(error).toMatchObject({
      code: 'CLUSTER_CREDENTIALS_FAILED',
      kind: 'unavailable',
    });
    expect(error.message).toContain(words);
    expect(JSON.stringify({ ...error, m: error.message })).not.toContain(
      'pa55-w0rd',
    );
    expect(api.calls).toEqual([]);
  });

  it('of an apiVersion that is not known is refused', async () => {
    const old = exec({ apiVersion: 'client.authentication.k8s.io/v1alpha1' });
    const path = await write('config', config(old));
    expect(await errorOf(list(path))).toMatchObject({
      code: 'KUBECONFIG_INVALID',
    });
  });
});

describe('an auth-provider of OIDC', () => {
  const jwt = (exp: number) =>
    ['{}', JSON.stringify({ exp }), 'x']
      .map(part => Buffer.from(part).toString('base64url'))
      .join('.');

  it('gives its token as long as that holds', async () => {
    const token = jwt(Date.now() / 1_000 + 3_600);
    const user = {
      'auth-provider': { name: 'oidc', config: { 'id-token': token } },
    };
    await list(await write('config', config(user)));
    expect(sent()).toEqual([`Bearer ${token}`]);
  });

  it('is told of where it cannot renew it', async () => {
    const user = {
      'auth-provider': {
        name: 'oidc',
        config: {
          'id-token': jwt(1),
          'client-id': 'dojo',
          'refresh-token': 'pa55-w0rd',
          'idp-issuer-url': 'https://127.0.0.1:1',
        },
      },
    };
    const path = await write('config', config(user));
    const error = await errorOf(list(path));
    expect(error.code).toBe('CLUSTER_CREDENTIALS_FAILED');
    expect(JSON.stringify(error)).not.toContain('pa55-w0rd');
  });
});

describe('the service account of a pod', () => {
  it('is read again each minute', async () => {
    const time = fakeTime();
    const env = {
      KUBERNETES_SERVICE_HOST: 'fd00::1',
      KUBERNETES_SERVICE_PORT: '443',
    };
    await write('ca.crt', 'PEM');
    await write('token', 'first\n');
    const options = { env, clock: time.clock, folder: folder.path };
    const access = readInClusterAccess(options);
    expect(access?.server.href).toBe('https://[fd00::1]/');
    expect(await access?.credentials(signal)).toEqual({
      headers: { authorization: 'Bearer first' },
      expires: time.clock.now().getTime() + 60_000,
      secrets: ['first'],
    });
    expect(readInClusterAccess({ ...options, env: {} })).toBeUndefined();
  });
});

describe('an access of the portal', () => {
  it.each([
    [{ url: 'http://cluster.test' }, 'is not https'],
    [{ url: 'https://cluster.test?x=1' }, 'query'],
    [{ url: 'https://cluster.test', caData: 'pa55' }, 'caData'],
  ])('is refused as %j', async (access, words) => {
    const opening = openCluster({ access: { name: 'p', ...access } }, signal);
    const error = await errorOf(opening);
    expect(error).toMatchObject({ code: 'CLUSTER_URL_INVALID' });
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('pa55');
  });

  it('keeps the path before the API', async () => {
    const access = {
      name: 'p',
      url: `${api.url}/k8s/clusters/c-1/`,
      token: 't',
    };
    const cluster = await openCluster({ access }, signal);
    await cluster.list(pods, {}, signal);
    await cluster.dispose();
    expect(api.calls[0].path).toBe('/k8s/clusters/c-1/api/v1/pods');
  });
});
