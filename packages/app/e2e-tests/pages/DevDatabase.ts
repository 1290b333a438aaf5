import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { portalData, root } from './portalData';

const runSql = `
const { DuckDBInstance } = require('@duckdb/node-api');
const statements = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
// The portal looks at the file now and then, for a moment.
const open = async left => {
  try {
    return await DuckDBInstance.create(process.env.LEDGER);
  } catch (error) {
    if (left === 0) throw error;
    await new Promise(resolve => setTimeout(resolve, 100));
    return open(left - 1);
  }
};
(async () => {
  const instance = await open(100);
  const connection = await instance.connect();
  let rows = [];
  for (const statement of statements) {
    rows = (await connection.runAndReadAll(statement)).getRowsJson();
  }
  connection.closeSync();
  instance.closeSync();
  console.log(JSON.stringify(rows));
})();
`;

/** The database of a component in dev, as its service uses it. */
export class DevDatabase {
  /** Path of its file. */
  readonly file: string;

  constructor(component: string) {
    this.file = resolve(portalData, `data/dev/${component}.duckdb`);
  }

  /** Runs SQL, in a process of its own; returns the rows of the last statement. */
  sql(...statements: readonly string[]): unknown[] {
    const answer = execFileSync(process.execPath, ['-e', runSql], {
      encoding: 'utf8',
      cwd: resolve(root, 'packages/core'),
      env: { ...process.env, LEDGER: this.file },
      input: JSON.stringify(statements),
    });
    return JSON.parse(answer);
  }
}
