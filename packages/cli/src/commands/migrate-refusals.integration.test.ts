import type { DatabaseFolder } from '../__testUtils__/database-folder';
import { databasePerTest } from '../__testUtils__/database-per-test';

const applied = {
  '0001_core.sql':
    'CREATE TABLE t (id BIGINT PRIMARY KEY, a INTEGER);\nINSERT INTO t VALUES (1, 1), (2, 2);\n',
  '0002_tags.sql': '-- Tags.\nCREATE TABLE tags (id BIGINT, name VARCHAR);\n',
};

/** What is done to the folder of migrations, and what is said of it. */
interface Refusal {
  readonly when: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly without?: string;
  /** What somebody did to the database by hand. */
  readonly byHand?: string;
  readonly code: string;
  /** In the sentence. */
  readonly says: readonly (string | RegExp)[];
  /** Default 3. */
  readonly exit?: number;
}

const refusals: readonly Refusal[] = [
  {
    when: 'a number is left out',
    files: { '0004_late.sql': 'SELECT 1;' },
    code: 'MIGRATION_GAP',
    says: ['0004_late.sql', '0003'],
  },
  {
    when: 'a number is there twice',
    files: { '0003_a.sql': 'SELECT 1;', '0003_b.sql': 'SELECT 1;' },
    code: 'MIGRATION_DUPLICATE',
    says: ['0003_a.sql', '0003_b.sql'],
  },
  {
    when: 'a lower number is merged late',
    files: { '0000_early.sql': 'SELECT 1;' },
    code: 'MIGRATION_ZERO',
    says: ['0000_early.sql'],
  },
  {
    when: 'a file is not applied, but a later one is',
    byHand: "DELETE FROM applied_migrations WHERE id = '0001_core'",
    code: 'APPLIED_OUT_OF_ORDER',
    says: ['0001_core.sql', '0002_tags'],
  },
  {
    when: 'somebody changed the schema by hand',
    byHand: 'ALTER TABLE tags ADD COLUMN colour VARCHAR',
    code: 'SCHEMA_DRIFT',
    says: ['tags', 'colour'],
  },
  {
    when: 'an applied file was edited',
    files: {
      '0002_tags.sql': 'CREATE TABLE tags (id BIGINT, title VARCHAR);',
    },
    code: 'APPLIED_EDITED',
    says: ['0002_tags.sql'],
  },
  {
    when: 'an applied file is missing',
    without: '0001_core.sql',
    code: 'MIGRATION_GAP',
    says: ['0001'],
  },
  {
    when: 'the database is ahead of the files',
    without: '0002_tags.sql',
    code: 'DATABASE_AHEAD',
    says: ['0002_tags'],
  },
  {
    when: 'SQL is not SQL',
    files: { '0003_x.sql': 'SELECT 1;\n\nCREATE TABEL x (id BIGINT);' },
    code: 'MIGRATION_STATEMENT_FAILED',
    says: ['0003_x.sql:3', 'syntax error'],
  },
  {
    when: 'it ends the transaction',
    files: { '0003_x.sql': 'INSERT INTO t VALUES (3, 3);\nCOMMIT;' },
    code: 'LINT_EMBEDDED_TRANSACTION',
    says: ['0003_x.sql:2', 'COMMIT'],
  },
  ...["ATTACH 'other.duckdb' AS o", 'DETACH l', 'USE memory'].map(
    (sql): Refusal => ({
      when: `it says ${sql.split(' ')[0]}`,
      files: { '0003_x.sql': `SELECT 1;\n${sql};` },
      code: 'LINT_OTHER_DATABASE',
      says: ['0003_x.sql:2', sql.split(' ')[0]],
    }),
  ),
  ...[
    "COPY t TO '/tmp/dojo-stolen.csv'",
    "CREATE TABLE x AS FROM read_csv('/etc/passwd')",
    "CREATE TABLE x AS FROM '/etc/passwd.csv'",
  ].map(
    (sql): Refusal => ({
      when: `it reads or writes a file: ${sql}`,
      files: { '0003_x.sql': `${sql};` },
      code: 'LINT_FILE_ACCESS',
      says: ['0003_x.sql:1'],
    }),
  ),
  {
    when: 'a constraint fails in the middle',
    files: {
      '0003_more.sql': 'INSERT INTO t VALUES (3, 3);',
      '0004_x.sql':
        'INSERT INTO t VALUES (4, 4);\nINSERT INTO t VALUES (1, 1);',
    },
    code: 'MIGRATION_STATEMENT_FAILED',
    says: ['0004_x.sql:2', 'INSERT', /[Dd]uplicate key/],
  },
  {
    when: 'an assert fails',
    files: {
      '0003_x.sql':
        '-- dojo:assert SELECT count(*) = 9 FROM t\nINSERT INTO t VALUES (3, 3);',
    },
    code: 'MIGRATION_ASSERT_FAILED',
    says: ['0003_x.sql line 1', 'it answers false'],
  },
  {
    when: 'the SQL wants a parameter',
    files: { '0003_x.sql': 'INSERT INTO t VALUES (?, 3);' },
    code: 'SQL_PARAMETER',
    says: ['0003_x.sql:1'],
  },
  {
    when: 'there are no migrations at all',
    without: '*',
    code: 'MIGRATIONS_NONE',
    says: ['no'],
    exit: 2,
  },
];

jest.setTimeout(60_000);

describe('dojo migrate', () => {
  let database: DatabaseFolder;
  databasePerTest(
    async base => {
      base.write(applied);
      await base.prepare();
      base.writeWal('INSERT INTO t VALUES (10, 10); UPDATE t SET a = 7;');
    },
    copy => {
      database = copy;
    },
  );

  describe.each(refusals)('when $when', refusal => {
    const { files = {}, without, byHand, code, says, exit = 3 } = refusal;

    it(`refuses with ${code}, and database and WAL are as they were`, async () => {
      database.write(files);
      if (without === '*')
        Object.keys(applied).forEach(f => database.remove(f));
      else if (without) database.remove(without);
      if (byHand) database.writeWal(byHand);
      const before = database.files();
      expect(Object.keys(before)).toEqual(['l.duckdb', 'l.duckdb.wal']);

      const run = await database.migrate(['--json']);
      const { error } = JSON.parse(run.stdout) as {
        error: { code: string; message: string; hint: string };
      };
      expect({
        code: error.code,
        exit: run.code,
        message: error.message,
      }).toEqual({ code, exit, message: expect.any(String) });
      for (const part of says) expect(error.message).toMatch(part);
      expect(error.message).not.toContain('\n');
      expect(error.hint).not.toBe('');
      expect(run.stderr).toContain(error.message);
      expect(database.files()).toEqual(before);
    });
  });

  describe('when DuckDB would refuse it at COMMIT, in one transaction', () => {
    it('runs it a statement per transaction, and says so', async () => {
      database.write({
        '0003_x.sql':
          'UPDATE t SET a = 5;\nALTER TABLE t ADD COLUMN b INTEGER;',
      });
      const plan = await database.migrate(['--dry-run']);
      expect(plan.stdout).toContain(
        '0003_x.sql: it runs a statement per transaction: it changes rows of t and then alters it, which DuckDB cannot commit together',
      );
      const run = await database.migrate();
      expect(run).toMatchObject({ code: 0 });
      expect(run.stdout).toContain('Migrated 0002_tags → 0003_x: 1 applied');
    });
  });

  describe('when only comments and white space of an applied file changed', () => {
    it('has nothing to do', async () => {
      database.write({
        '0002_tags.sql':
          '/* Tags, as we say. */\r\nCREATE  TABLE tags\r\n(id BIGINT, name VARCHAR); -- done\r\n',
      });
      const before = database.files();
      const run = await database.migrate();
      expect(run).toMatchObject({ code: 0 });
      expect(run.stdout).toContain('Nothing to migrate: at 0002_tags');
      expect(database.files()).toEqual(before);
    });
  });
});
