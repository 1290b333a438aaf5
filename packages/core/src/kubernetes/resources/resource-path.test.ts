import fc from 'fast-check';
import { failureCode } from '../__testUtils__/failure-code';
import { parseApiVersion, resourcePath, toQuery } from './resource-path';
import type { Resource } from './resource';

const seed = 20261129;
const pods: Resource = {
  group: '',
  version: 'v1',
  plural: 'pods',
  namespaced: true,
};
const roles: Resource = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural: 'clusterroles',
  namespaced: false,
};

describe('resourcePath', () => {
  it.each<[string, Resource, Parameters<typeof resourcePath>[1]]>([
    ['/api/v1/pods', pods, {}],
    ['/api/v1/namespaces/shop/pods', pods, { namespace: 'shop' }],
    [
      '/api/v1/namespaces/shop/pods/a/log',
      pods,
      { namespace: 'shop', name: 'a', subresource: 'log' },
    ],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3AMyRole',
      roles,
      { name: 'system:MyRole' },
    ],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/a',
      roles,
      { name: 'a', namespace: 'ignored' },
    ],
    [
      '/api/v1/namespaces/shop/pods/a%3F%23%20b',
      pods,
      { namespace: 'shop', name: 'a?# b' },
    ],
  ])('%s', (path, resource, target) => {
    expect(resourcePath(resource, target)).toBe(path);
  });

  it.each([
    { namespace: 'shop', name: '' },
    { namespace: 'shop', name: '.' },
    { namespace: 'shop', name: '..' },
    { namespace: 'shop', name: 'a/b' },
    { namespace: 'shop', name: 'a%2fb' },
    { namespace: 'shop', name: 'a\nb' },
    { namespace: 'shop', name: 'a'.repeat(254) },
    { namespace: '..', name: 'a' },
    { namespace: 'Shop', name: 'a' },
    { namespace: '', name: 'a' },
    { namespace: 'a/b' },
    { name: 'a' },
  ])('refuses %j', target => {
    expect(failureCode(() => resourcePath(pods, target))).toBe(
      'CLUSTER_OBJECT_INVALID',
    );
  });

  it('never leads elsewhere, whatever the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (namespace, name) => {
        let path: string;
        try {
          path = resourcePath(pods, { namespace, name });
        } catch {
          return;
        }
        const url = new URL(path, 'https://cluster.test');
        expect(url.pathname).toBe(path);
        expect(url.pathname.split('/')).toHaveLength(7);
        expect(decodeURIComponent(path.split('/')[6])).toBe(name);
      }),
      { seed },
    );
  });
});

describe('parseApiVersion', () => {
  it.each([
    ['v1', { group: '', version: 'v1' }],
    ['apps/v1', { group: 'apps', version: 'v1' }],
    ['argoproj.io/v1alpha1', { group: 'argoproj.io', version: 'v1alpha1' }],
  ])('%s', (apiVersion, expected) => {
    expect(parseApiVersion({ apiVersion, kind: 'Any' })).toEqual(expected);
  });

  it.each([
    ['', 'Pod'],
    ['/v1', 'Pod'],
    ['apps/', 'Pod'],
    ['a/b/c', 'Pod'],
    ['../v1', 'Pod'],
    ['Apps/v1', 'Pod'],
    ['v1', ''],
    ['v1', 'Pod/log'],
    ['v1', '../Pod'],
  ])('refuses %j %j', (apiVersion, kind) => {
    expect(failureCode(() => parseApiVersion({ apiVersion, kind }))).toBe(
      'CLUSTER_OBJECT_INVALID',
    );
  });
});

describe('toQuery', () => {
  it('leaves out what is not wanted, and encodes the rest', () => {
    expect(toQuery({})).toBe('');
    expect(toQuery({ a: undefined, b: false, c: true, d: 'x=y&z', e: 0 })).toBe(
      '?c=true&d=x%3Dy%26z&e=0',
    );
  });
});
