import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import type { DuckDBConnection } from '@duckdb/node-api';
import { lexSql } from './sql-lexer';
import { splitStatements } from './split-statements';

const seed = 20261122;

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

/** SQL on which splitters go wrong, all of which DuckDB parses. */
const nasty: readonly string[] = [
  'SELECT 1',
  'SELECT 1;',
  ';;; SELECT 1 ;; SELECT 2 ;;',
  "SELECT ';'; SELECT 2",
  "SELECT 'it''s; fine'; SELECT ''; SELECT ''';'''",
  'SELECT 1 AS ";"; SELECT 2 AS "a"";b"',
  "SELECT E'\\';'; SELECT e'\\\\'; SELECT 3",
  "SELECT E'a'';b\\';c'; SELECT 2",
  "SELECT E'a'\n'b\\';'; SELECT 2",
  "SELECT 'a'\n'b\\'; SELECT 2",
  "SELECT E'a' -- between\n  'b\\';'; SELECT 2",
  'SELECT $$;$$; SELECT $tag$ $$;$$ ; $tag$; SELECT 3',
  "SELECT $a$ ' ; $b$ ; $a$; SELECT 2",
  'SELECT $_x1$;$_x1$; SELECT 2',
  'SELECT $Ä$;$Ä$; SELECT 2',
  'SELECT 1 AS a$$b$$; SELECT 2',
  'SELECT 1 AS a$b; SELECT $$;$$',
  'SELECT 1 /* ; */; SELECT 2',
  'SELECT 1 /* /* ; */ ; */; SELECT 2',
  'SELECT 1 /*/ ; */; SELECT 2',
  'SELECT 1 /**/; SELECT 2 /***/; SELECT 3 /* **/',
  'SELECT 1 /*/*/ ; */ ; */; SELECT 2',
  "SELECT 1 -- it's; not\n; SELECT 2",
  'SELECT 1 -- ;\r; SELECT 2',
  'SELECT 1; -- the end',
  'SELECT 1--;\n; SELECT 2',
  'SELECT 1 +-- ;\n 2; SELECT 3',
  'SELECT 1 -/* ; */2; SELECT 3',
  'SELECT 4 --/* ;\n; SELECT 5',
  "SELECT '--'; SELECT '/*'; SELECT '*/'",
  'SELECT "--"; SELECT "/*" FROM (SELECT 1 AS "/*")',
  "SELECT $$--$$; SELECT '$$'; SELECT '$$;'",
  '\uFEFFSELECT 1; SELECT 2',
  'SELECT 1;\uFEFF SELECT 2',
  'SELECT\u00A01;\u2003SELECT\u30002',
  'SELECT 1;\r\nSELECT 2;\r\n',
  'SELECT ’x’ FROM (SELECT 1 AS ’x’); SELECT 2',
  "SELECT x'41;'; SELECT 2",
  "SELECT b'1'; SELECT 2",
  "SELECT 'ä;😀'; SELECT 2 AS ä😀; SELECT 3",
  'SELECT [1, 2][1:2]; SELECT {a: 1}.a; SELECT 3',
  'SELECT 1::INT; SELECT list_transform([1], x -> x + 1); SELECT 3',
  'SELECT 1 WHERE 2<-1; SELECT 2',
  'SELECT 1e5, 1_000, .5, 1., 0x1F; SELECT 2',
  'SELECT ?, ?; SELECT ?',
  'SELECT $1, $2; SELECT 3',
  'SELECT $name, $ä; SELECT 3',
  'CREATE MACRO m(a, b := 5) AS a + b; SELECT 1',
  'WITH a AS (SELECT 1) SELECT * FROM a; SELECT 2',
  'BEGIN; COMMIT; ROLLBACK',
  "COPY t TO 'x;y.csv'; SELECT 1",
  'EXPLAIN SELECT 1; EXPLAIN ANALYZE SELECT 2',
  'PRAGMA threads=1; SET x = 1; RESET x; SELECT 1',
  'PREPARE p AS SELECT ?; EXECUTE p(1); DEALLOCATE p',
  "SELECT 'a\r\n;b'; SELECT 2",
  'SELECT 1 AS E; SELECT 2 AS e',
  "SELECT 1 AS ne, 'x;'; SELECT 2",
  'SELECT 3 %$$;$$; SELECT 2',
];

const piece = fc.constantFrom(
  'SELECT 1',
  'SELECT 1;',
  "SELECT ';';",
  "SELECT E'\\';';",
  'SELECT $$;$$;',
  'SELECT $q$;$q$;',
  'SELECT 1 AS ";";',
  '/* ; */',
  '/* /* ; */ */',
  '/*',
  '*/',
  "'",
  '"',
  '$$',
  '-- ;\n',
  "-- '\r\n",
  ';',
  '\n',
  '\r\n',
  ' ',
  ', 2',
  ' AS a',
  "'a'",
  "E'\\''",
  '\uFEFF',
);

describe('splitStatements', () => {
  it.each(nasty)('counts what DuckDB counts in %j', async sql => {
    expect(ours(sql)).toBe(await theirs(sql));
  });

  it('counts what DuckDB counts in files put together from pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async pieces => {
        const sql = pieces.join('');
        const expected = await theirs(sql);
        fc.pre(expected !== undefined);
        expect(ours(sql)).toBe(expected);
      }),
      { seed, numRuns: 1000 },
    );
  }, 60_000);

  it('finds a problem in nothing that DuckDB parses, whatever the bytes', async () => {
    const alphabet = fc.constantFrom(
      ...`'"$;-/*\\eE a1\n\r?+<.(){}[]:=,_`,
      'SELECT ',
      '$$',
      '--',
      '/*',
      '*/',
      "E'",
      'é',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(alphabet, { maxLength: 14 }), async parts => {
        const sql = `SELECT ${parts.join('')}`;
        const expected = await theirs(sql);
        fc.pre(expected !== undefined);
        expect(ours(sql)).toBe(expected);
      }),
      { seed, numRuns: 1000 },
    );
  }, 60_000);
});

function ours(sql: string): number | undefined {
  const { tokens, problem } = lexSql(sql);
  return problem ? undefined : splitStatements(sql, tokens).length;
}

/** Undefined: DuckDB cannot parse it. */
async function theirs(sql: string): Promise<number | undefined> {
  try {
    return (await connection.extractStatements(sql)).count;
  } catch (error) {
    // What holds no statement is an error of the binding, which says nothing of the parser.
    return String(error).includes('Error in native callback') ? 0 : undefined;
  }
}
