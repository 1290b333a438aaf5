/** The migrations that every runner gets, as `{ id, name, statements }`, in order. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MIXES = join(dirname(fileURLToPath(import.meta.url)), 'mixes');

const idOf = number => String(number).padStart(4, '0');

/** `count` tables, a migration each. */
export const trivialSet = count =>
  Array.from({ length: count }, (_, at) => ({
    id: idOf(at + 1),
    name: `t${at + 1}`,
    statements: [`CREATE TABLE t${at + 1}(id BIGINT PRIMARY KEY, v VARCHAR)`],
  }));

/** A ledger of `rows` transactions with a key and an index, and one small migration after it. */
export const ledgerSet = rows => [
  {
    id: idOf(1),
    name: 'ledger',
    statements: [
      'CREATE TABLE transactions(id BIGINT PRIMARY KEY, account_id INTEGER, payee_id INTEGER, booked_on DATE, amount_minor BIGINT, memo VARCHAR)',
      `INSERT INTO transactions SELECT range, hash(range) % 997, hash(range + 1) % 10007, DATE '2015-01-01' + (hash(range + 2) % 3650)::INTEGER, hash(range + 3) % 100000000, 'memo ' || hash(range + 4) FROM range(${rows})`,
      'CREATE INDEX transactions_account ON transactions(account_id)',
    ],
  },
  {
    id: idOf(2),
    name: 'tags',
    statements: [
      'CREATE TABLE tags(id BIGINT PRIMARY KEY, name VARCHAR NOT NULL)',
      "INSERT INTO tags VALUES (1, 'food')",
    ],
  },
];

/** DuckDB's hardest mixes, from the files in `mixes/`, one migration a file. */
export const mixesSet = () =>
  readdirSync(MIXES)
    .sort()
    .map(file => ({
      id: file.slice(0, 4),
      name: file.slice(5, -'.sql'.length),
      statements: readFileSync(join(MIXES, file), 'utf8')
        .split(';')
        .map(statement => statement.trim())
        .filter(Boolean),
    }));

/** The same statements, a migration each: the only way for a runner whose migration is always one transaction. */
export const oneStatementEach = migrations =>
  migrations
    .flatMap(({ name, statements }) =>
      statements.map(statement => ({ name, statements: [statement] })),
    )
    .map((migration, at) => ({ ...migration, id: idOf(at + 1) }));
