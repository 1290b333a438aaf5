import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';

jest.setTimeout(60_000);

describe('migrate', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture({
      '0001_core.sql': 'CREATE TABLE accounts(id BIGINT PRIMARY KEY);\n',
      '0002_seed.sql': 'INSERT INTO accounts VALUES (1), (2);\n',
    });
  });
  afterEach(() => fixture.remove());

  describe('when a migration breaks or takes away what was there', () => {
    const told = async (sql: string) => {
      fixture.write({
        '0003_more.sql':
          "CREATE TABLE notes(id INTEGER, note VARCHAR);\nINSERT INTO notes VALUES (1, 'a'), (2, 'b'), (3, NULL);\nCREATE VIEW told AS SELECT id, note FROM notes;\nCREATE SEQUENCE numbers;\nCREATE TABLE numbered(id INTEGER DEFAULT nextval('numbers'));\nINSERT INTO numbered VALUES (1);\n",
      });
      await fixture.migrate();
      fixture.write({ '0004_away.sql': sql });
      const rehearsed = await fixture.migrate({}, { dryRun: true });
      const ran = await fixture.migrate();
      expect(ran.plan.shows.warnings).toEqual(rehearsed.plan.shows.warnings);
      return ran.plan.shows.warnings;
    };

    it.each<[string, string[]]>([
      [
        'ALTER TABLE notes DROP COLUMN note;',
        [
          '0004_away.sql:1 ALTER TABLE takes 2 values of note of main.notes away',
          'View main.told can no longer be read: Binder Error',
        ],
      ],
      [
        'DROP TABLE notes;',
        [
          '0004_away.sql:1 DROP TABLE takes 3 rows of main.notes away',
          'View main.told can no longer be read: Catalog Error',
        ],
      ],
      [
        'DELETE FROM notes WHERE id = 1;\nDELETE FROM notes WHERE id = 2;',
        [
          '0004_away.sql:1 DELETE takes 1 row of main.notes away',
          '0004_away.sql:2 DELETE takes 1 row of main.notes away',
        ],
      ],
      [
        'CREATE OR REPLACE TABLE notes(id INTEGER, note VARCHAR);',
        [
          '0004_away.sql:1 CREATE OR REPLACE TABLE takes 3 rows of main.notes away',
        ],
      ],
      [
        'CREATE TABLE notes_new(id INTEGER, note VARCHAR);\nINSERT INTO notes_new FROM notes;\nDROP TABLE notes;\nALTER TABLE notes_new RENAME TO notes;',
        [],
      ],
      ['UPDATE notes SET note = 1; DELETE FROM notes WHERE id > 7;', []],
      ['DROP TABLE IF EXISTS nothing; DROP VIEW told;', []],
      [
        "DELETE FROM notes WHERE id = 1; INSERT INTO notes VALUES (4, 'd'), (5, 'e');",
        ['0004_away.sql:1 DELETE takes 1 row of main.notes away'],
      ],
      [
        'PREPARE away AS DELETE FROM notes WHERE id = $1;\nEXECUTE away(2);',
        ['0004_away.sql:2 EXECUTE takes 1 row of main.notes away'],
      ],
      [
        'MERGE INTO notes USING (SELECT 1 AS id) AS gone ON notes.id = gone.id WHEN MATCHED THEN DELETE;',
        [
          '0004_away.sql:1 MERGE changes or deletes 1 row of main.notes, which had 3 before it and has 2 in the end',
        ],
      ],
      [
        // In a file that is opened anew, DuckDB has forgotten what depends on it.
        "ALTER TABLE numbered ALTER id SET DEFAULT nextval('numbers');\nDROP SEQUENCE numbers CASCADE;",
        ['0004_away.sql:2 DROP SEQUENCE takes 1 row of main.numbered away'],
      ],
    ])('tells of %s what it is, by name and number', async (sql, expected) => {
      const warnings = await told(sql);
      expect(warnings.map(one => one.replace(/( Error): .*/, '$1'))).toEqual(
        expected,
      );
    });
  });

  describe('when that is only planned', () => {
    const base = {
      '0003_more.sql': [
        "CREATE TABLE notes(id INTEGER, note VARCHAR); INSERT INTO notes VALUES (1, 'a'), (2, 'b'), (3, NULL);",
        'CREATE SCHEMA app; CREATE TABLE app.tags AS SELECT 1 AS id;',
        'CREATE TABLE empty(id INTEGER);',
        'CREATE MACRO twice(x) AS 2 * x;',
        'CREATE VIEW told AS SELECT id, note FROM notes;',
        'CREATE VIEW again AS SELECT * FROM told;',
        'CREATE VIEW counted AS SELECT count(*) AS n FROM main.notes;',
        'CREATE VIEW doubled AS SELECT twice(id) AS id FROM app.tags;',
        "CREATE SEQUENCE numbers; CREATE TABLE numbered(id INTEGER DEFAULT nextval('numbers'));",
      ].join('\n'),
    };
    const unchecked = 'is not checked without a rehearsal';
    const read = (view: string, what: string) =>
      `View main.${view} reads ${what}: whether the view can still be read ${unchecked}`;
    const planned = async (sql: string) => {
      fixture.write(base);
      await fixture.migrate();
      fixture.write({ '0004_away.sql': sql });
      const { plan } = await fixture.migrate(
        {},
        { dryRun: true, rehearse: false },
      );
      expect(
        plan.shows.findings.filter(one => one.severity === 'error'),
      ).toEqual([]);
      return plan.shows.warnings;
    };

    it.each<[string, string[]]>([
      [
        'DROP TABLE notes;',
        [
          '0004_away.sql:1 DROP TABLE takes 3 rows of main.notes away',
          ...['again', 'counted', 'told'].map(view =>
            read(view, 'main.notes, which 0004_away.sql:1 DROP TABLE drops'),
          ),
        ],
      ],
      [
        'ALTER TABLE notes DROP COLUMN note;',
        [
          `0004_away.sql:1 ALTER TABLE takes note of main.notes away, which has 3 rows: how many of them hold a value ${unchecked}`,
          read(
            'told',
            'note of main.notes, which 0004_away.sql:1 ALTER TABLE drops',
          ),
        ],
      ],
      [
        'ALTER TABLE notes RENAME COLUMN note TO memo;',
        [
          read(
            'told',
            'note of main.notes, which 0004_away.sql:1 ALTER TABLE renames',
          ),
        ],
      ],
      [
        'ALTER TABLE notes RENAME TO memos; DROP TABLE memos;',
        [
          '0004_away.sql:1 DROP TABLE takes 3 rows of main.notes away',
          ...['again', 'counted', 'told'].map(view =>
            read(view, 'main.notes, which 0004_away.sql:1 ALTER TABLE renames'),
          ),
        ],
      ],
      [
        'DELETE FROM notes;\nTRUNCATE app.tags;',
        [
          '0004_away.sql:1 DELETE takes 3 rows of main.notes away',
          '0004_away.sql:2 TRUNCATE takes 1 row of app.tags away',
        ],
      ],
      [
        'PREPARE away AS DELETE FROM notes WHERE id = $1;\nEXECUTE away(2);',
        [
          `0004_away.sql:2 EXECUTE takes rows of main.notes away, which has 3 rows: how many go ${unchecked}`,
        ],
      ],
      [
        'MERGE INTO notes USING (SELECT 1 AS id) AS gone ON notes.id = gone.id WHEN MATCHED THEN DELETE;',
        [
          `0004_away.sql:1 MERGE takes rows of main.notes away, which has 3 rows: how many go ${unchecked}`,
        ],
      ],
      [
        'CREATE TABLE new AS FROM notes; DROP VIEW again; DROP VIEW counted; DROP VIEW told; DROP TABLE notes; ALTER TABLE new RENAME TO notes;',
        [
          `0004_away.sql:1 DROP TABLE makes main.notes anew, which has 3 rows: whether they are in the new one ${unchecked}`,
        ],
      ],
      [
        'CREATE OR REPLACE TABLE notes(id INTEGER); CREATE OR REPLACE VIEW told AS SELECT id FROM notes; DROP VIEW again; DROP VIEW counted;',
        [
          `0004_away.sql:1 CREATE OR REPLACE TABLE makes main.notes anew, which has 3 rows: whether they are in the new one ${unchecked}`,
        ],
      ],
      [
        'DROP SCHEMA app CASCADE;',
        [
          '0004_away.sql:1 DROP SCHEMA takes 1 row of app.tags away',
          read(
            'doubled',
            'schema app, which 0004_away.sql:1 DROP SCHEMA drops',
          ),
        ],
      ],
      [
        'DROP MACRO twice;',
        [read('doubled', 'twice, which 0004_away.sql:1 DROP MACRO drops')],
      ],
      [
        'DROP SEQUENCE numbers CASCADE;',
        [
          `0004_away.sql:1 DROP SEQUENCE takes what depends on numbers along: which tables ${unchecked}`,
        ],
      ],
      [
        "DROP TABLE empty; DROP TABLE IF EXISTS nothing; UPDATE notes SET note = 'c'; INSERT INTO notes VALUES (4, 'd'); CREATE TABLE other(id INTEGER); DROP TABLE other;",
        [],
      ],
    ])(
      'tells of %s what its text tells, and what it does not',
      async (sql, expected) => {
        expect(await planned(sql)).toEqual(expected);
      },
    );

    it('says nothing of a cache that makes its table anew, as it always does', async () => {
      fixture.write({
        ...base,
        'caches/sum.sql':
          'CREATE OR REPLACE TABLE sums AS SELECT count(*) AS n FROM notes;\nCREATE OR REPLACE VIEW of_sums AS SELECT n FROM sums;',
      });
      expect(await planned('CREATE TABLE other(id INTEGER);')).toEqual([]);
    });

    it('runs nothing that is in the database to count', async () => {
      fixture.write(base);
      await fixture.migrate();
      await fixture.query(
        "SET VARIABLE armed = 1; CREATE TABLE trap(a INTEGER, b INTEGER GENERATED ALWAYS AS (if(getvariable('armed') IS NULL, error('ran')::INTEGER, a))); INSERT INTO trap(a) VALUES (1)",
      );
      await expect(fixture.query('SELECT b FROM trap')).rejects.toThrow('ran');
      fixture.write({
        '0004_away.sql': 'ALTER TABLE trap DROP COLUMN b; DELETE FROM trap;',
      });
      const { plan } = await fixture.migrate(
        {},
        { dryRun: true, rehearse: false },
      );
      expect(plan.shows.warnings).toContain(
        '0004_away.sql:1 DELETE takes 1 row of main.trap away',
      );
    });
  });
});
