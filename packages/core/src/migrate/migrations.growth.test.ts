import { findNeedOfRows, withoutRows } from '../duckdb/schema/without-rows';
import { readChanges } from './losses/read-changes';
import { tellLosses } from './losses/tell-losses';
import { preflight } from './preflight';
import { toMigrationCheck } from './to-migration-check';
import { countSteps } from '../text/__testUtils__/count-steps';
import { growthOf } from '../text/__testUtils__/growth-of';
import { readFiles } from './__testUtils__/sql-files';

/** Text that somebody may have written, so many times as long as it is. */
const hostile: readonly (readonly [string, (times: number) => string])[] = [
  ['an E-string and dashes', n => `SELECT E'x' ${'-'.repeat(n)}\n;`],
  ['an E-string and comments', n => `SELECT E'x' ${'--\n'.repeat(n)};`],
  ['an E-string in pieces', n => `SELECT E'x'${"\n'y'".repeat(n)};`],
  [
    'blanks after an E-string',
    n => `SELECT ${`E'x'${' '.repeat(9)}`.repeat(n)}`,
  ],
  ['signs', n => `SELECT 1 =${'+-'.repeat(n)}1`],
  ['signs without an end', n => `SELECT 1${'-+'.repeat(n)}`],
  ['operators', n => `SELECT 1 ${'@-'.repeat(n)} 1`],
  ['operators and comments', n => `SELECT 1 ${'+/**/'.repeat(n)}1`],
  ['comments in comments', n => `${'/*'.repeat(n)}${'*/'.repeat(n)}SELECT 1`],
  ['a comment without an end', n => `SELECT 1 ${'/*'.repeat(n)}`],
  ['dollars', n => `SELECT ${'$a'.repeat(n)}`],
  ['dollar quotes', n => `SELECT ${'$a$x$a$ '.repeat(n)}`],
  ['dollars that open nothing', n => `SELECT ${'$aaaa '.repeat(n)}`],
  ['digits', n => `SELECT ${'1_'.repeat(n)}, ${'1e'.repeat(n)}`],
  ['doubled quotes', n => `SELECT '${"''".repeat(n)}', "${'""'.repeat(n)}"`],
  ['dots in quotes', n => `DROP TABLE "${'."".'.repeat(n)}"`],
  ['a name in parts', n => `DROP TABLE ${'a.'.repeat(n)}b`],
  ['blank lines', n => `${'\r\n'.repeat(n)}SELECT 1`],
  ['statements', n => 'SELECT 1;'.repeat(n)],
  ['empty statements', n => `${';'.repeat(n)}SELECT 1`],
  ['words', n => `CREATE ${'TEMP '.repeat(n)}`],
  ['WITH', n => `${'WITH a AS (SELECT 1) '.repeat(n)}SELECT 1`],
  ['parentheses', n => `SELECT ${'('.repeat(n)}1${')'.repeat(n)}`],
  ['extract', n => `SELECT ${"extract(year FROM '/a'), ".repeat(n)}1`],
  ['files', n => `SELECT * FROM ${"'a/b', ".repeat(n)}t`],
  ['file functions', n => `SELECT * FROM (${"read_csv('a'), ".repeat(n)}t)`],
  ['settings', n => `SELECT * FROM ${'a.enable_logging( '.repeat(n)}`],
  ['paths', n => `SELECT * FROM '${'./'.repeat(n)}'`],
  ['dots in a path', n => `SELECT * FROM '${'.csv'.repeat(n)}x'`],
  ['a directive', n => `-- dojo:${'a'.repeat(n)}\nSELECT 1`],
  [
    'a directive with other line ends',
    n => `-- dojo:${'a'.repeat(n)}\u2028b\u2028\nSELECT 1`,
  ],
  ['directives', n => `${'-- dojo:assert SELECT 1\n'.repeat(n)}SELECT 1`],
  ['blanks before a directive', n => `--${' '.repeat(n)}dojo:x\nSELECT 1`],
  ['stars before a directive', n => `/*${' *'.repeat(n)}*/SELECT 1`],
  ['an assert', n => `-- dojo:assert ${'( '.repeat(n)}\nSELECT 1`],
  [
    'columns',
    n =>
      `CREATE TABLE t (${list(
        n,
        at => `c${at} INTEGER UNIQUE CHECK (c${at} > 0)`,
        ', ',
      )})`,
  ],
  ['tables', n => list(n, at => `CREATE TABLE t${at} (a INTEGER);`)],
  [
    'indexes',
    n =>
      `CREATE TABLE t (a INTEGER);${list(
        n,
        at => `CREATE INDEX IF NOT EXISTS i${at} ON t (a);`,
      )}`,
  ],
  [
    'dropped indexes',
    n =>
      `${list(
        n,
        at =>
          `CREATE TABLE t${at} (a INTEGER); CREATE INDEX i${at} ON t${at} (a);`,
      )}${list(n, at => `DROP INDEX i${at};`)}`,
  ],
  [
    'references',
    n =>
      `CREATE TABLE p (a INTEGER PRIMARY KEY);${list(
        n,
        at =>
          `CREATE TABLE t${at} (a INTEGER REFERENCES p (a)); ALTER TABLE p DROP COLUMN a;`,
      )}`,
  ],
  [
    'renamed tables',
    n =>
      `CREATE TABLE t0 (a INTEGER);${list(
        n,
        at =>
          `CREATE TABLE x${at} (a INTEGER); ALTER TABLE t${at} RENAME TO t${
            at + 1
          };`,
      )}`,
  ],
  [
    'dropped schemas',
    n =>
      list(
        n,
        at =>
          `CREATE SCHEMA s${at}; CREATE TABLE s${at}.t (a INTEGER); DROP SCHEMA s${at} CASCADE;`,
      ),
  ],
  [
    'refused changes',
    n =>
      `CREATE TABLE t (a INTEGER, b INTEGER); CREATE INDEX i ON t (a);${'ALTER TABLE t DROP COLUMN b;'.repeat(
        n,
      )}`,
  ],
  ['changes of rows', n => list(n, at => `UPDATE t SET a = ${at};`)],
  [
    'prepared statements',
    n => 'PREPARE p AS DELETE FROM applied_migrations;'.repeat(n),
  ],
];

function list(
  count: number,
  toText: (at: number) => string,
  between = '',
): string {
  return Array.from({ length: count }, (_, at) => toText(at)).join(between);
}

/** Beyond what one statement may look at, a wide table costs no more. */
const wide: readonly (readonly [string, (times: number) => string])[] = [
  [
    'added columns',
    n =>
      `CREATE TABLE t (a INTEGER);${list(
        n,
        at => `ALTER TABLE t ADD COLUMN c${at} INTEGER;`,
      )}`,
  ],
];

const stepsOfCheck = (sql: string) =>
  countSteps('/src/migrate/', () => {
    const { set, findings } = readFiles({ '0001_a.sql': sql });
    toMigrationCheck(undefined, set, findings);
    tellLosses(readChanges(set.migrations), {
      tables: [{ schema: 'main', name: 't', rows: 1, isCounted: true }],
      views: [
        { schema: 'main', name: 'v', sql: 'CREATE VIEW v AS SELECT a FROM t' },
      ],
      viewsLeft: 0,
    });
  });

/** How much more than its share longer text may cost, for what is sorted: far from that of what grows with the square. */
const slack = 1.2;

/**
 * How much more than its share of steps the longer text takes.
 *
 * @param share - how many times as long it is.
 */
const growth = (share: number, shorter: () => number, longer: () => number) =>
  growthOf(shorter, longer) / share;

describe('what is read of migrations', () => {
  it.each(hostile)('grows with the text and no faster: %s', (_, textOf) => {
    const stepsOf = (times: number) => stepsOfCheck(textOf(times));
    expect(
      growth(
        6,
        () => stepsOf(50),
        () => stepsOf(300),
      ),
    ).toBeLessThan(slack);
  });

  it.each(wide)('grows no faster once a table is wide: %s', (_, textOf) => {
    const stepsOf = (times: number) => stepsOfCheck(textOf(times));
    expect(
      growth(
        2,
        () => stepsOf(500),
        () => stepsOf(1_000),
      ),
    ).toBeLessThan(slack);
  });
});

describe('what is read to replay them', () => {
  it.each<[string, (times: number) => string]>([
    ['blanks', n => `CREATE TYPE a AS ENUM (${' '.repeat(n)}'a')`],
    ['parentheses', n => `CREATE TYPE a AS ENUM (${'( '.repeat(n)}'a')`],
    ['tables', n => 'CREATE TABLE a AS SELECT 1;'.repeat(n)],
    ['words', n => `CREATE ${'TEMP '.repeat(n)}TABLE a AS SELECT 1`],
  ])('grows with the text and no faster: %s', (_, textOf) => {
    const stepsOf = (times: number) =>
      countSteps('/src/', () => {
        const { set } = readFiles({ '0001_a.sql': textOf(times) });
        findNeedOfRows(set.migrations);
        set.migrations[0].statements.forEach(withoutRows);
      });
    expect(
      growth(
        6,
        () => stepsOf(50),
        () => stepsOf(300),
      ),
    ).toBeLessThan(slack);
  });
});

describe('what a plan tells of rows and views', () => {
  const stepsOf = (times: number, sql: string) =>
    countSteps('/src/migrate/', () => {
      const { set } = readFiles({ '0001_a.sql': sql });
      const names = Array.from({ length: times }, (_, at) => `t${at}`);
      tellLosses(readChanges(set.migrations), {
        tables: names.map(name => ({
          schema: 's',
          name,
          rows: 1,
          isCounted: true,
        })),
        views: names.map((name, at) => ({
          schema: 'main',
          name: `v${at}`,
          sql: `CREATE VIEW v${at} AS SELECT a FROM s.${name}, v${at + 1}`,
        })),
        viewsLeft: 0,
      });
    });
  it.each<[string, (times: number) => string]>([
    ['dropped tables', n => list(n, at => `DROP TABLE s.t${at};`)],
    ['dropped schemas', n => 'DROP SCHEMA s CASCADE;'.repeat(n)],
    [
      'schemas that come and go',
      n => 'CREATE TABLE s.x (a INTEGER); DROP SCHEMA s CASCADE;'.repeat(n),
    ],
    ['views made anew', n => 'CREATE OR REPLACE VIEW v0 AS FROM v1;'.repeat(n)],
  ])('grows with both and no faster: %s', (_, textOf) => {
    stepsOf(10, textOf(10));
    // From a hundred statements on, no more of them look at the views.
    expect(
      growth(
        4,
        () => stepsOf(150, textOf(150)),
        () => stepsOf(600, textOf(600)),
      ),
    ).toBeLessThan(slack);
  });
});

describe('what is read of a database', () => {
  const files = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `${String(at + 1).padStart(4, '0')}_a.sql`,
        'SELECT 1',
      ]),
    );
  const fileWith = (applied: readonly { readonly id: string }[]) => ({
    bytes: 0,
    walBytes: 0,
    storage: 64,
    creator: '',
    fingerprint: '',
    applied,
  });
  const stepsOf = (count: number, idOf: (at: number) => string) =>
    countSteps('/src/migrate/', () => {
      const { set } = readFiles(files(count));
      const applied = Array.from({ length: count }, (_, at) => ({
        id: idOf(at),
      }));
      preflight({ file: fileWith(applied) }, set);
    });
  it.each<[string, (at: number) => string]>([
    ['unknown', at => `x${at}`],
    ['of higher numbers', at => `${at + 5_000}_a`],
    ['bare numbers', () => '9999'],
    ['renamed', at => `${String(at + 1).padStart(4, '0')}_b`],
    ['late', at => `${String(2 * at + 1).padStart(4, '0')}_a`],
    ['the same', () => '0001_a'],
  ])('grows with the rows and no faster: %s', (_, idOf) => {
    expect(
      growth(
        6,
        () => stepsOf(50, idOf),
        () => stepsOf(300, idOf),
      ),
    ).toBeLessThan(slack);
  });
});
