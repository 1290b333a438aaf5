import { mockServices } from '@backstage/backend-test-utils';
import { readClusters } from './readClusters';

const whole = {
  name: 'eu-1',
  url: 'https://10.0.0.1:6443',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'secret',
  title: 'of Backstage alone',
};

function find(
  clusters: readonly object[],
  name = 'eu-1',
  env: Record<string, string> = {},
) {
  const data: object = {
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        { type: 'gke', projectId: 'acme', clusters: [{ name: 'gke' }] },
        { type: 'config', clusters },
      ],
    },
  };
  return readClusters(mockServices.rootConfig({ data }), {
    rootDir: '/portal',
    env,
  }).find(name);
}

describe('readClusters', () => {
  it('takes a cluster with the token of a service account', () => {
    const { name, url } = whole;
    expect(find([whole])).toEqual({ name, url, token: 'secret' });
    expect(find([{ ...whole, caData: 'Y2E=' }])).toEqual({
      name,
      url,
      caData: 'Y2E=',
      token: 'secret',
    });
    expect(find([{ ...whole, caFile: 'certs/ca.crt' }])).toMatchObject({
      caFile: '/portal/certs/ca.crt',
    });
  });

  it.each([
    ['10.96.0.1', 'https://10.96.0.1:6443'],
    ['fd00::1', 'https://[fd00::1]:6443'],
  ])(
    'takes the cluster of its own pod where there is no token, at %s',
    (host, url) => {
      const own = { ...whole, serviceAccountToken: undefined, url: '' };
      const env = {
        KUBERNETES_SERVICE_HOST: host,
        KUBERNETES_SERVICE_PORT: '6443',
      };
      const folder = '/var/run/secrets/kubernetes.io/serviceaccount';
      expect(find([own], 'eu-1', env)).toEqual({
        name: 'eu-1',
        url,
        caFile: `${folder}/ca.crt`,
        tokenFile: `${folder}/token`,
      });
      expect(find([{ ...own, caData: 'Y2E=' }], 'eu-1', env)).toEqual({
        name: 'eu-1',
        url,
        caData: 'Y2E=',
        tokenFile: `${folder}/token`,
      });
    },
  );

  it.each<[string, readonly object[], string]>([
    [
      'is not there',
      [{ ...whole, name: 'us-1' }],
      'there is no cluster eu-1 in kubernetes.clusterLocatorMethods of type config (there is: us-1)',
    ],
    ['is there twice', [whole, whole], 'has 2 clusters eu-1: give each'],
    [
      'signs in otherwise',
      [{ ...whole, authProvider: 'google' }],
      'has the authProvider google, and deployments are made with a service account',
    ],
    [
      'says nothing of it',
      [{ ...whole, authProvider: undefined }],
      'has the authProvider (none)',
    ],
    [
      'could be another server',
      [{ ...whole, skipTLSVerify: true }],
      'has skipTLSVerify, and nothing is deployed to a server that could be another',
    ],
    [
      'is written wrong',
      [{ ...whole, caData: 5 }],
      'cannot be read: see its caData',
    ],
    [
      'has no address',
      [{ ...whole, url: '' }],
      'must be an address such as https://10.0.0.1:6443',
    ],
    [
      'would be sent a token in the clear',
      [{ ...whole, url: 'http://10.0.0.1' }],
      'must begin with https://',
    ],
    [
      'has a password in its address',
      [{ ...whole, url: 'https://a:b@10.0.0.1' }],
      'holds credentials',
    ],
    [
      'has no token, outside of a pod',
      [{ ...whole, serviceAccountToken: undefined }],
      'this portal runs in no pod',
    ],
  ])('says what is wrong with one that %s', (_what, clusters, problem) => {
    expect(find(clusters)).toEqual(expect.stringContaining(problem));
    expect(find(clusters)).not.toMatch(/secret|:b@/);
  });

  it('looks at nothing that nobody names', () => {
    const broken = [5, { name: 'x', authProvider: 'google' }, whole];
    expect(find(broken as object[])).toMatchObject({ name: 'eu-1' });
    const nothing = mockServices.rootConfig({ data: {} });
    expect(
      readClusters(nothing, { rootDir: '/', env: {} }).find('eu-1'),
    ).toMatch(/there is: none/);
  });
});
