import { toLedgerFile } from './ledgerFile';

const file = '/data/{namespace}/{component}/{component}.duckdb';

describe('toLedgerFile', () => {
  it('fills in name and namespace', () => {
    expect(toLedgerFile(file, 'component:team-a/ledger.v2')).toBe(
      '/data/team-a/ledger.v2/ledger.v2.duckdb',
    );
  });

  it('needs no namespace for the default one', () => {
    expect(toLedgerFile('/d/{component}', 'component:default/ledger')).toBe(
      '/d/ledger',
    );
  });

  describe('when components of other namespaces would share a file', () => {
    it('refuses them', () => {
      expect(() =>
        toLedgerFile('/d/{component}', 'component:team-a/ledger'),
      ).toThrow(
        expect.objectContaining({
          code: 'LEDGER_NAMESPACE_MISSING',
          kind: 'refused',
        }),
      );
    });
  });

  it.each([
    '..',
    '.',
    '-rf',
    'a\\b',
    'x'.repeat(64),
    'a b',
    'ä',
    '{namespace}',
  ])('takes no name %j into a path', name => {
    for (const ref of [`component:default/${name}`, `component:${name}/a`]) {
      expect(() => toLedgerFile(file, ref)).toThrow(
        expect.objectContaining({ code: 'COMPONENT_NAME_UNFIT' }),
      );
    }
  });
});
