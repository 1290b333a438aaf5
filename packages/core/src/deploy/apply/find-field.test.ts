import fc from 'fast-check';
import { findField } from './find-field';

const object = {
  metadata: { labels: { app: 'x', 'app.kubernetes.io/name': 'ledger' } },
  spec: {
    ports: [
      { port: 80, name: 'http' },
      { port: 81, protocol: 'UDP' },
    ],
    containers: [{ name: 'a]b', args: ['-v'] }],
    finalizers: ['one'],
  },
};

describe('findField', () => {
  it.each<[string, (string | number)[] | undefined]>([
    ['.metadata.labels.app', ['metadata', 'labels', 'app']],
    [
      '.metadata.labels.app.kubernetes.io/name',
      ['metadata', 'labels', 'app.kubernetes.io/name'],
    ],
    ['spec.ports[0].port', ['spec', 'ports', 0, 'port']],
    ['.spec.ports[port=80,protocol="TCP"].name', ['spec', 'ports', 0, 'name']],
    ['.spec.ports[port=81,protocol="UDP"]', ['spec', 'ports', 1]],
    ['.spec.containers[name="a]b"].args', ['spec', 'containers', 0, 'args']],
    ['.spec.nothing', undefined],
    ['.spec.ports[9]', undefined],
    ['.spec.ports[name="x', undefined],
  ])('finds %s', (path, steps) => {
    expect(findField(object, path)).toEqual(steps);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), path => {
        for (const text of [path, `.spec.ports[${path}`]) {
          expect(() => findField(object, text)).not.toThrow();
        }
      }),
      { seed: 12 },
    );
  });
});
