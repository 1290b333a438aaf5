import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { root } from './portalData';

/** Holds it until its standard input ends. */
const hold = `
const { DuckDBInstance } = require('@duckdb/node-api');
// The portal looks at the file now and then, for a moment.
const open = async left => {
  try {
    return await DuckDBInstance.create(process.argv[1]);
  } catch (error) {
    if (left === 0) throw error;
    await new Promise(resolve => setTimeout(resolve, 100));
    return open(left - 1);
  }
};
(async () => {
  const instance = await open(100);
  const connection = await instance.connect();
  await connection.run('SELECT 1');
  console.log('held');
  process.stdin.resume().on('end', () => {
    connection.closeSync();
    instance.closeSync();
    process.exit(0);
  });
})();
`;

/** Another process that has a DuckDB file open for writing, as a service that runs. */
export class DatabaseHolder {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** @param database - Its path. Resolves once it is held. */
  static async open(database: string): Promise<DatabaseHolder> {
    const child = spawn(process.execPath, ['-e', hold, '--', database], {
      cwd: resolve(root, 'packages/core'),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await Promise.race([
      once(child.stdout!, 'data'),
      once(child, 'exit').then(() => {
        throw new Error(`${database} could not be opened`);
      }),
    ]);
    return new DatabaseHolder(child);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Lets go of it, and waits for the end of the process. */
  async close(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin!.end();
    await ended;
  }
}
