import type { DuckDBInstance } from '@duckdb/node-api';

/** The engine's JavaScript and its native part. */
export type Duckdb = typeof import('@duckdb/node-api');

/**
 * Loads the engine (70 MB of native code) with its first use: a release does not pay for it. It is a `require` since
 * this package is built to CommonJS, and since jest knows no `import()` there.
 */
export function loadDuckdb(): Duckdb {
  return require('@duckdb/node-api');
}

/**
 * What `DuckDBInstance.create(':memory:', options)` does, in another order: the native part opens in its own thread
 * while the engine's JavaScript is evaluated, which takes as long (25 ms of each start).
 *
 * @param options DuckDB's settings by their names.
 */
export async function openInstance(
  options: Readonly<Record<string, string>>,
): Promise<DuckDBInstance> {
  const native = loadNative();
  const config = native.create_config();
  for (const [name, value] of Object.entries(options)) {
    native.set_config(config, name, value);
  }
  const opening = native.open(':memory:', config);
  const { DuckDBInstance: Instance } = loadDuckdb();
  return new Instance(await opening);
}

function loadNative(): typeof import('@duckdb/node-bindings') {
  return require('@duckdb/node-bindings');
}
