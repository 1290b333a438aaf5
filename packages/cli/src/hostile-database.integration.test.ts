import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseFolder, filesOf } from './__testUtils__/database-folder';
import { databasePerTest } from './__testUtils__/database-per-test';
import type { RunOutput } from './__testUtils__/run-dojo';

const secret = 'TOP-SECRET-711a5668';
const tables = ['applied_migrations', 'applied_migrations_meta'];

const first = {
  '0001_core.sql':
    'CREATE TABLE t (id BIGINT PRIMARY KEY, a INTEGER);\nINSERT INTO t VALUES (1, 1);\n',
};
const pending = { '0002_more.sql': 'INSERT INTO t VALUES (2, 2);\n' };

jest.setTimeout(120_000);

let outside: string;
let database: DatabaseFolder;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'dojo-outside-'));
  writeFileSync(join(outside, 'secret.txt'), secret);
  writeFileSync(join(outside, 'victim.txt'), 'precious config');
});
afterEach(() => rmSync(outside, { recursive: true }));

databasePerTest(
  async base => {
    base.write(first);
    base.writeCache('sums.sql', 'UPDATE t SET a = a;\n');
    await base.prepare();
    base.write(pending);
    await base.prepare();
    base.write({ '0003_late.sql': 'INSERT INTO t VALUES (3, 3);\n' });
  },
  copy => {
    database = copy;
  },
);

/** Expressions that reach for files, as far as DuckDB takes them for what they are put in. */
const reach = {
  read: () => `SELECT content AS id FROM read_text('${outside}/secret.txt')`,
  profile: () =>
    `SELECT '0001_core' AS id UNION ALL SELECT 'z' FROM query('SELECT * FROM enable_profiling(format := ''json'', save_location := ''${outside}/victim.txt'')')`,
  log: () =>
    `SELECT '0001_core' AS id FROM enable_logging(level := 'trace', storage := 'file', storage_path := '${outside}/log')`,
};

/** What somebody puts under a name that we read. */
const hostile: readonly (readonly [string, (name: string) => string])[] = [
  ...Object.entries(reach).map(
    ([what, query]) =>
      [
        `a view that reaches for files (${what})`,
        (name: string) =>
          `DROP TABLE ${name}; CREATE VIEW ${name} AS ${query()}`,
      ] as const,
  ),
  [
    'a view over a table macro',
    name =>
      `DROP TABLE ${name}; CREATE MACRO m() AS TABLE ${reach.read()}; CREATE VIEW ${name} AS SELECT * FROM m()`,
  ],
  [
    'a view in other letters',
    name =>
      `DROP TABLE ${name}; CREATE VIEW "${name.toUpperCase()}" AS ${reach.read()}`,
  ],
  [
    'table macros',
    name =>
      `DROP TABLE ${name}; CREATE MACRO ${name}() AS TABLE ${reach.read()}; CREATE MACRO duckdb_tables() AS TABLE ${reach.read()}; CREATE MACRO pragma_table_info(x) AS TABLE ${reach.read()}`,
  ],
  [
    'macros by the names of what we call',
    () =>
      `CREATE MACRO sha256(x) AS (SELECT content FROM read_text('${outside}/secret.txt'));
       CREATE MACRO to_json(x) AS (SELECT content FROM read_text('${outside}/secret.txt'));
       CREATE MACRO lower(x) AS (SELECT content FROM read_text('${outside}/secret.txt'))`,
  ],
  [
    'a generated column',
    name =>
      `CREATE MACRO g(x) AS concat(x, '!'); DROP TABLE ${name}; CREATE TABLE ${name}(x VARCHAR, id VARCHAR GENERATED ALWAYS AS (g(x))); INSERT INTO ${name}(x) VALUES ('0001_core')`,
  ],
  [
    'an index over an expression',
    name => `CREATE INDEX i ON ${name}((lower(id)))`,
  ],
  [
    'a default that calls a macro',
    name =>
      `CREATE MACRO d() AS current_setting('home_directory'); ALTER TABLE ${name} ADD COLUMN why VARCHAR DEFAULT d()`,
  ],
  [
    'a view in another schema that the search path finds first',
    name => `CREATE SCHEMA s; CREATE VIEW s.${name} AS ${reach.read()}`,
  ],
];

type Command = readonly [string, () => Promise<RunOutput>];

const lookingCommands: readonly Command[] = [
  ['migrate --check', () => database.migrate(['--check'])],
  [
    'migrate --dry-run --no-rehearsal',
    () => database.migrate(['--dry-run', '--no-rehearsal', '--json']),
  ],
  ['migrate --dry-run', () => database.migrate(['--dry-run', '--json'])],
  ['rebuild-caches --dry-run', () => rebuild('--dry-run')],
  ['restore --dry-run', () => database.run('restore', ['--dry-run'])],
];
const changingCommands: readonly Command[] = [
  ['rebuild-caches', () => rebuild('--json')],
  ['migrate', () => database.migrate(['--json'])],
  ['restore', () => database.run('restore', ['--json'])],
];

function rebuild(...flags: string[]): Promise<RunOutput> {
  const migrations = ['--migrations', database.migrations];
  return database.run('rebuild-caches', [...migrations, ...flags]);
}

function expectNothingOutside(run: RunOutput, before: object): void {
  expect(filesOf(outside)).toEqual(before);
  expect(`${run.stdout}${run.stderr}`).not.toContain(secret);
  for (const name of Object.keys(database.files())) {
    const file = readFileSync(join(database.folder, name));
    expect({ name, holds: file.includes(secret) }).toEqual({
      name,
      holds: false,
    });
  }
}

describe('dojo, of a database that is hostile', () => {
  describe.each(hostile)('when it holds %s', (_, sql) => {
    it.each(tables)('touches nothing else with any command: %s', async name => {
      database.runSql(sql(name));
      const before = filesOf(outside);
      const own = database.files();
      for (const [command, run] of lookingCommands) {
        expectNothingOutside(await run(), before);
        expect({ command, files: database.files() }).toEqual({
          command,
          files: own,
        });
      }
      for (const [, run] of changingCommands) {
        expectNothingOutside(await run(), before);
      }
    });
  });

  it('says of a view that it is none of our tables', async () => {
    database.runSql(hostile[0][1](tables[0]));
    const commands = [...lookingCommands, ...changingCommands].filter(
      ([command]) => !command.startsWith('restore'),
    );
    for (const [command, run] of commands) {
      expect({ command, ...(await run()) }).toMatchObject({
        command,
        code: 3,
        stderr: expect.stringContaining(
          'is a view, and only a table tells what is applied (DATABASE_APPLIED_TABLE_FOREIGN)',
        ),
      });
    }
  });

  it('reaches nothing through a backup', async () => {
    const [backup] = Object.keys(database.files()).filter(name =>
      name.includes('.bak.'),
    );
    const bytes = readFileSync(database.file);
    database.runSql(hostile[0][1](tables[0]));
    writeFileSync(join(database.folder, backup), readFileSync(database.file));
    writeFileSync(database.file, bytes);
    const before = filesOf(outside);
    for (const flag of ['--dry-run', '--json']) {
      const ended = await database.run('restore', [flag]);
      expect(ended.code).toBe(0);
      expectNothingOutside(ended, before);
    }
  });
});

describe('dojo rebuild-caches', () => {
  const asView = (
    query: string,
  ) => `CREATE OR REPLACE MACRO read_text(f) AS TABLE SELECT 'x' AS content;
CREATE VIEW w AS ${query};
DROP MACRO TABLE read_text;
DROP TABLE l.applied_migrations;
ALTER VIEW w RENAME TO applied_migrations;
`;

  it.each(['--dry-run', '--json'])(
    'with %s refuses SQL that puts a view in the place of our table',
    async flag => {
      for (const query of [
        `SELECT trim(content) AS id FROM "read_text"('${outside}/secret.txt')`,
        reach.profile(),
      ]) {
        database.writeCache('x.sql', asView(query));
        const before = filesOf(outside);
        const own = database.files();
        const ended = await rebuild(flag);
        expect(ended.code).not.toBe(0);
        expectNothingOutside(ended, before);
        expect(database.files()).toEqual(own);
      }
    },
  );
});
