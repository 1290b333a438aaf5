import { createHash } from 'node:crypto';
import { findingsOf, readFiles, setOf } from '../__testUtils__/sql-files';

const codes = (files: Record<string, string | Uint8Array>) =>
  findingsOf(files).map(({ code, file, line }) => [code, file, line]);

describe('readMigrations', () => {
  it('reads migrations by number and caches by name', () => {
    const sql = '\uFEFF-- why\r\nSELECT 1;\r\n';
    const set = setOf({
      'caches/b.sql': 'SELECT 1',
      '0002_b.sql': 'SELECT 2',
      'caches/a.sql': 'SELECT 1',
      '0001_a.sql': sql,
      'README.md': 'nothing of ours',
    });
    expect(set.migrations.map(({ id }) => id)).toEqual(['0001_a', '0002_b']);
    expect(set.caches.map(({ id }) => id)).toEqual(['caches/a', 'caches/b']);
    expect(set.migrations[0]).toMatchObject({
      id: '0001_a',
      path: '0001_a.sql',
      sql: '-- why\r\nSELECT 1;\r\n',
      statements: [
        { text: 'SELECT 1', line: 2, verb: 'SELECT', kind: 'other' },
      ],
      checksum: createHash('sha256').update(sql, 'utf8').digest('hex'),
      tokenChecksum: createHash('sha256')
        .update('SELECT\x001\0;\0')
        .digest('hex'),
      split: false,
      breaking: false,
      irreversible: false,
      asserts: [],
      findings: [],
    });
  });

  it('reads the directives above the first statement', () => {
    const { migrations } = setOf({
      '0001_a.sql':
        '/* of 2026 */\n-- dojo:split\n--DOJO:breaking since the app reads it\n-- dojo:irreversible\n-- dojo:assert SELECT count(*) = 0 FROM t;\n-- dojo:assert FROM t WHERE a IS NULL\n-- see the dojo: handbook\nSELECT 1;',
    });
    expect(migrations[0]).toMatchObject({
      split: true,
      breaking: true,
      irreversible: true,
      asserts: [
        { sql: 'SELECT count(*) = 0 FROM t', line: 5 },
        { sql: 'FROM t WHERE a IS NULL', line: 6 },
      ],
    });
  });

  it.each<[string, string, string, number | undefined]>([
    ['nothing', '', 'FILE_EMPTY', undefined],
    ['comments only', '-- later\n;', 'FILE_EMPTY', undefined],
    [
      'a string that does not end',
      "SELECT 1;\nSELECT 'x;\n",
      'SQL_UNTERMINATED',
      2,
    ],
    ['a NUL byte', 'SELECT 1;\n\0', 'FILE_NUL_BYTE', 2],
    ['a parameter', 'SELECT 1;\nSELECT\n  ?', 'SQL_PARAMETER', 3],
    ['a numbered parameter', 'SELECT $1', 'SQL_PARAMETER', 1],
    [
      'an unknown directive',
      '\n-- dojo:spilt\nSELECT 1',
      'DIRECTIVE_UNKNOWN',
      2,
    ],
    [
      'a late directive',
      'SELECT 1;\n-- dojo:split\nSELECT 2',
      'DIRECTIVE_LATE',
      2,
    ],
    [
      'a directive in a block comment',
      '/*\n * dojo:split */ SELECT 1',
      'DIRECTIVE_IN_BLOCK_COMMENT',
      1,
    ],
    ['an empty assert', '-- dojo:assert\nSELECT 1', 'ASSERT_INVALID', 1],
    [
      'an assert that changes rows',
      '-- dojo:assert DELETE FROM t\nSELECT 1',
      'ASSERT_INVALID',
      1,
    ],
    [
      'an assert that changes rows behind a WITH',
      '-- dojo:assert WITH x AS (SELECT 1) DELETE FROM t\nSELECT 1',
      'ASSERT_INVALID',
      1,
    ],
    [
      'two asserts on a line',
      '-- dojo:assert SELECT true; SELECT true\nSELECT 1',
      'ASSERT_INVALID',
      1,
    ],
    [
      'an assert that does not end',
      "-- dojo:assert SELECT 'x\nSELECT 1",
      'ASSERT_INVALID',
      1,
    ],
  ])('refuses %s', (_, sql, code, line) => {
    expect(codes({ '0001_a.sql': sql })).toEqual([[code, '0001_a.sql', line]]);
  });

  it('lets PREPARE have parameters', () => {
    expect(
      codes({ '0001_a.sql': 'PREPARE p AS SELECT ?; EXECUTE p(1)' }),
    ).toEqual([]);
  });

  it.each<[string, number[], number, string]>([
    ['Latin-1', [83, 10, 10, 0xe4], 3, 'it is not UTF-8 text'],
    ['UTF-16', [0xff, 0xfe, 83, 0], 1, 'it is not UTF-8 text but UTF-16'],
    ['a cut character', [83, 10, 0xc3], 2, 'it is not UTF-8 text'],
  ])('refuses %s', (_, bytes, line, message) => {
    expect(findingsOf({ '0001_a.sql': new Uint8Array(bytes) })).toEqual([
      expect.objectContaining({ code: 'FILE_NOT_UTF8', line, message }),
    ]);
  });

  it.each<[string, string]>([
    ['3_tags.sql', '0003_tags.sql'],
    ['V4__add tags.sql', '0004_add_tags.sql'],
    ['tags.sql', '0002_tags.sql'],
    ['0002.sql', '0002_change.sql'],
    ['0002_.sql', '0002_change.sql'],
    ['0002-tags.sql', '0002_tags.sql'],
    ['0002_tags.SQL', '0002_tags.sql'],
    ['old/0002_tags.sql', '0002_tags.sql'],
    ['caches/a b.sql', 'caches/a_b.sql'],
    ['Caches/total.sql', 'caches/total.sql'],
    ['caches/old/total.sql', 'caches/total.sql'],
    ['20260101120000_core.sql', '0002_core.sql'],
    ['20260101_core.sql', '0002_core.sql'],
    ['1_core.sql', '0002_core.sql'],
    ['old/0001_a.sql', '0002_a.sql'],
    ['0_init.sql', '0002_init.sql'],
  ])('refuses the name %s and suggests %s', (path, suggested) => {
    const { findings, set } = readFiles({
      '0001_a.sql': 'SELECT 1',
      [path]: 'SELECT 1',
    });
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'FILE_NAME',
        severity: 'error',
        file: path,
        hint: expect.stringContaining(` ${suggested},`),
      }),
    ]);
    expect(set.migrations).toHaveLength(1);
  });

  it.each<[string, string[], string[]]>([
    [
      'times, in their order',
      ['20260102000000_b', '20260101000000_a'],
      ['0001_a', '0002_b'],
    ],
    [
      "Flyway's versions, in their order",
      ['V1.10__c', 'V1.2__b', 'V1__a'],
      ['0001_a', '0002_b', '0003_c'],
    ],
    ['numbers from 0', ['1_b', '0_a'], ['0001_a', '0002_b']],
    ['no numbers', ['users', 'tags'], ['0001_tags', '0002_users']],
    [
      'some with numbers and some without',
      ['2_b', 'tags', '1_a'],
      ['0001_a', '0002_b', '0003_tags'],
    ],
  ])('suggests names that can all be taken, for %s', (_, given, expected) => {
    const hints = findingsOf(
      Object.fromEntries(given.map(name => [`${name}.sql`, 'SELECT 1'])),
    ).map(({ hint = '' }) => / to (.*)\.sql,/.exec(hint)?.[1]);
    expect(hints.sort()).toEqual(expected);
  });

  it.each([
    'caches/._total.sql',
    '._0001_core.sql',
    '.0002_x.sql',
    '..2026/0001_a.sql',
  ])('leaves %s alone, which is hidden', path => {
    expect(codes({ '0001_a.sql': 'SELECT 1', [path]: '\0' })).toEqual([]);
  });

  it.each([
    [['0001_core.up.sql', '0001_core.down.sql'], '0001_core.down.sql'],
    [['0001_core.sql', 'U1__core.sql'], 'U1__core.sql'],
    [['0001_core.sql', '0001_core.undo.sql'], '0001_core.undo.sql'],
    [['0001_core_up.sql', '0001_core_down.sql'], '0001_core_down.sql'],
    [['0001_core.sql', '0001_core-rollback.sql'], '0001_core-rollback.sql'],
  ])('refuses of %j the way back, and does not number it', (paths, refused) => {
    const { findings } = readFiles(
      Object.fromEntries(paths.map(path => [path, 'SELECT 1'])),
    );
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'FILE_DOWN_PART',
        file: refused,
        hint: expect.stringMatching(/^Remove it/),
      }),
    ]);
  });

  it('takes a name that ends in a word of other tools for a name', () => {
    expect(codes({ '0001_shut_down.sql': 'SELECT 1' })).toEqual([]);
  });

  it.each([
    '-- migrate:up\nCREATE TABLE t(i INT);\n-- migrate:down\nDROP TABLE t;',
    '-- +goose Up\nCREATE TABLE t(i INT);\n-- +goose Down\nDROP TABLE t;',
    '-- +migrate Up\nCREATE TABLE t(i INT);\n-- +migrate Down\nDROP TABLE t;',
    '-- Up Migration\nCREATE TABLE t(i INT);\n-- Down Migration\nDROP TABLE t;',
    'CREATE TABLE t(i INT);\n\n---- create above / drop below ----\nDROP TABLE t;',
    'CREATE TABLE t(i INT);\n\n-- //@UNDO\nDROP TABLE t;',
    'CREATE TABLE t(i INT);\n\n-- ====== DOWN ======\nDROP TABLE t;',
    'CREATE TABLE t(i INT);\n\n/* rollback */\nDROP TABLE t;',
  ])('refuses the part of another tool that takes it back: %j', sql => {
    const line = sql
      .split('\n')
      .findLastIndex(text => /^(?:--|\/\*)/.test(text));
    expect(codes({ '0001_a.sql': sql })).toEqual([
      ['FILE_DOWN_PART', '0001_a.sql', line + 1],
    ]);
  });

  it.each([
    '-- migrate:up\nCREATE TABLE t(i INT);\n-- migrate:down\n',
    '-- down the line, this becomes a view\nCREATE TABLE t(i INT);',
    'CREATE TABLE t(i INT); -- undo: DROP TABLE t;\nCREATE TABLE u(i INT);',
  ])('refuses nothing where nothing would be taken back: %j', sql => {
    expect(codes({ '0001_a.sql': sql })).toEqual([]);
  });

  it.each<[string, string[], (string | undefined)[][]]>([
    ['a gap', ['0001_a', '0003_c'], [['MIGRATION_GAP', '0003_c.sql']]],
    [
      'a wide gap',
      ['0001_a', '0007_c', '0008_d'],
      [['MIGRATION_GAP', '0007_c.sql']],
    ],
    ['a missing first one', ['0002_b'], [['MIGRATION_GAP', '0002_b.sql']]],
    [
      'a number twice',
      ['0001_a', '0002_b', '0002_c', '0003_d'],
      [['MIGRATION_DUPLICATE', '0002_c.sql']],
    ],
    [
      'a number three times',
      ['0001_a', '0001_b', '00001_c'],
      [
        ['MIGRATION_DUPLICATE', '0001_a.sql'],
        ['MIGRATION_DUPLICATE', '0001_b.sql'],
      ],
    ],
    ['a zero', ['0000_z', '0001_a'], [['MIGRATION_ZERO', '0000_z.sql']]],
  ])('refuses %s', (_, ids, expected) => {
    const files = Object.fromEntries(ids.map(id => [`${id}.sql`, 'SELECT 1']));
    expect(codes(files).map(([code, file]) => [code, file])).toEqual(expected);
  });

  it('says what a gap lacks, and what would close it', () => {
    expect(
      readFiles({ '0001_a.sql': 'SELECT 1', '0005_e.sql': 'SELECT 1' })
        .findings[0],
    ).toMatchObject({
      message: '0002 to 0004 is missing before 0005_e.sql',
      hint: 'Add what is missing, or rename it to 0002_e.sql.',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['an empty folder', {}],
    ['one with other files only', { 'README.md': '' }],
    ['one with caches only', { 'caches/a.sql': 'SELECT 1' }],
  ])('refuses %s, by its name', (_, files) => {
    expect(readFiles(files).findings).toEqual([
      expect.objectContaining({
        code: 'MIGRATIONS_NONE',
        message: 'migrations holds no migrations',
      }),
    ]);
  });

  it('tells everything that is wrong at once', () => {
    expect(
      codes({
        '0002_b.sql': 'SELECT ?;\nSELECT ?',
        '0001_a.sql': '',
        'x.sql': '',
      }),
    ).toEqual([
      ['FILE_NAME', 'x.sql', undefined],
      ['FILE_EMPTY', '0001_a.sql', undefined],
      ['SQL_PARAMETER', '0002_b.sql', 1],
      ['SQL_PARAMETER', '0002_b.sql', 2],
    ]);
  });
});
