import { localPath } from './local-path';

describe('localPath', () => {
  it.each([
    ['ledger.duckdb', '/srv/ledger.duckdb'],
    ['../a/b', '/a/b'],
    ['/data/x.duckdb', '/data/x.duckdb'],
    ['file:///data/a%20b.duckdb', '/data/a b.duckdb'],
    ['file:/data/x.duckdb', '/data/x.duckdb'],
    ['FILE://localhost/data/x.duckdb', '/data/x.duckdb'],
    ['file.duckdb', '/srv/file.duckdb'],
    ['file:ledger.duckdb', '/srv/ledger.duckdb'],
    ['file:../a%20b', '/a b'],
    ['./file:ledger.duckdb', '/srv/file:ledger.duckdb'],
  ])('reads %s', (written, path) => {
    expect(localPath(written, '/srv')).toBe(path);
  });

  it.each(['', 'file://elsewhere/x.duckdb', 'file:///a%2Fb', 'file:///a%00b'])(
    'takes %j for no path',
    written => {
      expect(() => localPath(written, '/srv')).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID' }),
      );
    },
  );
});
