/**
 * `node scripts/fill-ledger.mjs <file>`: puts the example's book into an empty ledger at level 0013, and leaves no WAL.
 * A program of its own: a DuckDB file must never be opened twice in one process.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { columns, ledgerBook } from '../examples/ledger-book/ledger-book.mjs';

const literal = value =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : `${value}`;

const [file] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file);
const connection = await instance.connect();
await connection.run('BEGIN');
for (const [table, rows] of Object.entries(ledgerBook())) {
  const values = rows.map(row => `(${row.map(literal).join(', ')})`);
  await connection.run(
    `INSERT INTO ${table} (${columns[table]}) VALUES ${values.join(', ')}`,
  );
}
await connection.run('COMMIT');
await connection.run('CHECKPOINT');
connection.closeSync();
instance.closeSync();
