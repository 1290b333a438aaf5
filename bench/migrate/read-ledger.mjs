/** Ledgers are read with the DuckDB of Python, in a process of its own: the one their app has. */
import { join } from 'node:path';
import { installPython } from '../shared/install-peer.mjs';
import { runTimed } from '../shared/measure.mjs';
import { PEERS } from './runners.mjs';

/** The command that opens a ledger with this version of DuckDB and prints the rows of a query as JSON. */
export const readCommand = (version, file, sql) => [
  join(installPython(`duckdb-${version}`, [`duckdb==${version}`]), 'python'),
  ...[join(PEERS, 'read_ledger.py'), file, sql],
];

/** Throws unless the first value of a query is this one. */
export function expectRead(file, sql, expected, runner) {
  const [command, ...args] = readCommand('1.5.6', file, sql);
  const [[actual]] = JSON.parse(runTimed(command, args).stdout);
  if (actual !== expected)
    throw new Error(`${runner}: ${sql} is ${actual}, not ${expected}`);
}
