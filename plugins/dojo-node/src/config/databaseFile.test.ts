import { fixedFolderOf, toDatabaseFile } from './databaseFile';

const file = '/data/{namespace}/{component}/{component}.duckdb';

describe('fixedFolderOf', () => {
  it.each([
    ['/data/dev/{component}.duckdb', '/data/dev'],
    ['/data/dev-{component}/l.duckdb', '/data'],
    ['/data/{namespace}/{component}.duckdb', '/data'],
    ['/{component}.duckdb', '/'],
  ])('is of %s what no name is put into', (template, folder) => {
    expect(fixedFolderOf(template)).toBe(folder);
  });
});

describe('toDatabaseFile', () => {
  it('fills in name and namespace', () => {
    expect(toDatabaseFile(file, 'component:team-a/ledger.v2')).toBe(
      '/data/team-a/ledger.v2/ledger.v2.duckdb',
    );
  });

  it('needs no namespace for the default one', () => {
    expect(toDatabaseFile('/d/{component}', 'component:default/ledger')).toBe(
      '/d/ledger',
    );
  });

  describe('when components of other namespaces would share a file', () => {
    it('refuses them', () => {
      expect(() =>
        toDatabaseFile('/d/{component}', 'component:team-a/ledger'),
      ).toThrow(
        expect.objectContaining({
          code: 'DATABASE_NAMESPACE_MISSING',
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
      expect(() => toDatabaseFile(file, ref)).toThrow(
        expect.objectContaining({ code: 'COMPONENT_NAME_UNFIT' }),
      );
    }
  });
});
