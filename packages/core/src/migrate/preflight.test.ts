import { setOf } from './__testUtils__/sql-files';
import type { AppliedMigration, DatabaseFile } from './database-state';
import { headOf, pendingMigrations, preflight } from './preflight';

const files = {
  '0001_core.sql': 'CREATE TABLE t (a INTEGER);',
  '0002_tags.sql': 'CREATE TABLE tags (a INTEGER);',
  '0003_more.sql': "INSERT INTO t VALUES ('x');",
};
const set = setOf(files);

function database(
  applied: readonly (string | AppliedMigration)[],
  more: Partial<DatabaseFile> = {},
): { file: DatabaseFile } {
  return {
    file: {
      bytes: 1,
      walBytes: 0,
      storage: 64,
      creator: '',
      fingerprint: 'f',
      applied: applied.map(one =>
        typeof one === 'string' ? { id: one } : one,
      ),
      ...more,
    },
  };
}

function row(id: string, tokenChecksum: string): AppliedMigration {
  return { id, meta: { checksum: 'c', tokenChecksum, engine: 'v1.5.5' } };
}

const found = (state: { file: DatabaseFile }, of = set) =>
  preflight(state, of).map(({ code, file, message }) => [code, file, message]);

describe('preflight', () => {
  it('names an index that only an extension can write, where it is', () => {
    const index = { name: 'main.notes_v', table: 'main.notes', type: 'HNSW' };
    expect(
      found(database(['0001_core'], { foreignIndexes: [index], drift: [] })),
    ).toEqual([
      [
        'DATABASE_INDEX_FOREIGN',
        undefined,
        'index main.notes_v of main.notes is of type HNSW, which only an extension can write, and none is loaded here',
      ],
    ]);
  });

  it.each<[string, string[]]>([
    ['nothing', []],
    ['the first ones', ['0001_core', '0002_tags']],
    ['all', ['0001_core', '0002_tags', '0003_more']],
    ['ids of other forms, in another order', ['0002_tags.sql', '0001']],
  ])('finds nothing where %s is applied', (_, applied) => {
    expect(preflight(database(applied), set)).toEqual([]);
  });

  it('finds nothing where there is no database', () => {
    expect(preflight({}, set)).toEqual([]);
  });

  it('finds an edited file, and leaves one alone whose comments and white space changed', () => {
    const now = setOf({
      ...files,
      '0001_core.sql': '-- why\r\nCREATE TABLE t(a INTEGER) ;\r\n',
      '0003_more.sql': "INSERT INTO t VALUES ('y');",
    });
    const applied = set.migrations.map(({ id, tokenChecksum }) =>
      row(id, tokenChecksum),
    );
    expect(found(database(applied), now)).toEqual([
      [
        'APPLIED_EDITED',
        '0003_more.sql',
        '0003_more.sql was changed after it was applied',
      ],
    ]);
  });

  it('takes a file with the bytes that ran for unedited, however its tokens were counted then', () => {
    const [core] = set.migrations;
    const meta = {
      checksum: core.checksum,
      tokenChecksum: 'of another lexer',
      engine: 'v1.5.5',
    };
    expect(found(database([{ id: core.id, meta }]))).toEqual([]);
  });

  it('finds an applied migration whose file is gone, or has another name', () => {
    const renamed = setOf({
      '0001_core.sql': files['0001_core.sql'],
      '0002_labels.sql': files['0002_tags.sql'],
      '0003_more.sql': files['0003_more.sql'],
    });
    expect(found(database(['0001_core', '0002_tags']), renamed)).toEqual([
      [
        'APPLIED_RENAMED',
        '0002_labels.sql',
        '0002_tags is applied, but its number is now 0002_labels.sql',
      ],
    ]);
    expect(found(database(['0001_core', '0002_tags', 'by hand']))).toEqual([
      [
        'APPLIED_MISSING',
        undefined,
        'by hand is applied, but there is no file of it',
      ],
    ]);
  });

  it('finds a database that is ahead of the files', () => {
    const applied = ['0001', '0002', '0003', '0004_next', '0005_last'];
    expect(found(database(applied))).toEqual([
      [
        'DATABASE_AHEAD',
        undefined,
        'the database is ahead of these files: it has applied 0005_last, and they end at 0003_more',
      ],
    ]);
  });

  it('finds what is pending below what is applied, and says which number is free', () => {
    const findings = preflight(database(['0002_tags']), set);
    expect(findings).toEqual([
      {
        code: 'APPLIED_OUT_OF_ORDER',
        severity: 'error',
        file: '0001_core.sql',
        message: '0001_core is not applied, but 0002_tags is',
        hint: 'Was it merged late? Rename it to 0004_core.sql. Did it run here? Then its row of applied_migrations was lost: put it back.',
      },
    ]);
  });

  it('finds what is pending under the number of what is applied, and counts on', () => {
    const { findings: _, ...merged } = {
      findings: [],
      set: {
        ...set,
        migrations: [
          ...set.migrations,
          { ...set.migrations[2], id: '0003_other', path: '0003_other.sql' },
          { ...set.migrations[2], id: '0003_third', path: '0003_third.sql' },
        ],
      },
    };
    expect(
      preflight(database(['0001', '0002', '0003_more']), merged.set).map(
        ({ code, hint }) => [code, hint?.match(/to (\S+)\.sql/)?.[1]],
      ),
    ).toEqual([
      ['APPLIED_OUT_OF_ORDER', '0004_other'],
      ['APPLIED_OUT_OF_ORDER', '0005_third'],
    ]);
  });

  it('finds rows that say the same twice', () => {
    expect(found(database(['0001', '0001_core.sql', '0002_tags']))).toEqual([
      [
        'APPLIED_DUPLICATE',
        undefined,
        '0001_core is in applied_migrations twice',
      ],
    ]);
    expect(found(database(['0001_core', '0001_kernel']))).toEqual([
      [
        'APPLIED_DUPLICATE',
        undefined,
        '0001_core and 0001_kernel are both in applied_migrations under one number',
      ],
      [
        'APPLIED_RENAMED',
        '0001_core.sql',
        '0001_kernel is applied, but its number is now 0001_core.sql',
      ],
    ]);
  });

  it('lists how the schema drifted', () => {
    const drift = ['table t lacks the column a', 'index x is not expected'];
    expect(found(database(['0001_core'], { drift }))).toEqual([
      [
        'SCHEMA_DRIFT',
        undefined,
        'the schema is not what its 1 migration makes: table t lacks the column a; index x is not expected',
      ],
    ]);
    expect(preflight(database(['0001_core'], { drift: [] }), set)).toEqual([]);
  });
});

describe('pendingMigrations', () => {
  it('is every file that is not applied, in order; without a database every file', () => {
    expect(
      pendingMigrations(database(['0002']), set).map(({ id }) => id),
    ).toEqual(['0001_core', '0003_more']);
    expect(pendingMigrations(undefined, set)).toEqual(set.migrations);
  });
});

describe('headOf', () => {
  it('is the highest applied migration as the files write it', () => {
    expect(headOf(database(['0002', '0001_core']), set)).toBe('0002_tags');
    expect(headOf(database([]), set)).toBeUndefined();
    expect(headOf(undefined, set)).toBeUndefined();
  });
});
