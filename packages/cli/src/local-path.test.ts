import { localPath } from './local-path';

describe('localPath', () => {
  it.each([
    ['ledger.duckdb', '/srv/ledger.duckdb'],
    ['../a/b', '/a/b'],
    ['/data/x.duckdb', '/data/x.duckdb'],
    ['file:///data/a%20b.duckdb', '/data/a b.duckdb'],
    ['file.duckdb', '/srv/file.duckdb'],
  ])('reads %s', (written, path) => {
    expect(localPath(written, '/srv')).toBe(path);
  });
});
