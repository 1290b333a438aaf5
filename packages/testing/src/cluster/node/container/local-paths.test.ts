import fc from 'fast-check';
import { expandVariables, toLocalText } from './local-paths';

const paths = [
  { path: '/data', local: '/n/pv' },
  { path: '/data/cache/', local: '/n/cache' },
  { path: '/etc/a+b', local: '/n/settings' },
  { path: '/', local: '/n/root' },
];
const ports = new Map([[8000, 31234]]);

describe('toLocalText', () => {
  it.each([
    ['/data', '/n/pv'],
    ['/data/', '/n/pv/'],
    ['/data/ledger.duckdb', '/n/pv/ledger.duckdb'],
    ['--file=/data/a', '--file=/n/pv/a'],
    ['file:///data/a', 'file:///n/pv/a'],
    ['cat "/data/a" >/data/b', 'cat "/n/pv/a" >/n/pv/b'],
    ['/data:/data/cache/x', '/n/pv:/n/cache/x'],
    ['/etc/a+b/app.yaml', '/n/settings/app.yaml'],
    ['/data2', '/data2'],
    ['/data-old', '/data-old'],
    ['/data.db', '/data.db'],
    ['/mnt/data', '/mnt/data'],
    ['https://host/data', 'https://host/data'],
    // eslint-disable-next-line no-template-curly-in-string -- a shell's
    ['${HOME}/data', '${HOME}/data'],
    ['8000', '31234'],
    ['--port=8000', '--port=31234'],
    ['--port 8000', '--port 31234'],
    ['0.0.0.0:8000', '0.0.0.0:31234'],
    ['http://127.0.0.1:8000/healthz', 'http://127.0.0.1:31234/healthz'],
    ['80000', '80000'],
    ['v8000', 'v8000'],
    ['1.8000', '1.8000'],
  ])('makes of %j %j', (text, expected) => {
    expect(toLocalText(text, paths, ports)).toBe(expected);
  });

  it('changes nothing where there are neither volumes nor ports', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(toLocalText(text, [], new Map())).toBe(text);
      }),
      { seed: 12 },
    );
  });

  it('never looks at what it has put in', () => {
    const nested = [{ path: '/tmp', local: '/tmp/node/tmp' }];
    expect(toLocalText('/tmp/a:/tmp', nested, new Map())).toBe(
      '/tmp/node/tmp/a:/tmp/node/tmp',
    );
  });
});

describe('expandVariables', () => {
  const variables = { A: '1', B: '$(A)' };

  it.each([
    ['$(A)', '1'],
    ['x$(A)y$(A)', 'x1y1'],
    // A value is not looked at again.
    ['$(B)', '$(A)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$1'],
    ['$A $(NONE) $(toString) $', '$A $(NONE) $(toString) $'],
  ])('makes of %j %j', (text, expected) => {
    expect(expandVariables(text, variables)).toBe(expected);
  });
});
