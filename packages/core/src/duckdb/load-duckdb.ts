/** The engine's JavaScript and its native part. */
export type Duckdb = typeof import('@duckdb/node-api');

/**
 * Loads the engine (70 MB of native code) with its first use: a release does not pay for it. It is a `require` since
 * this package is built to CommonJS, and since jest knows no `import()` there.
 */
export function loadDuckdb(): Duckdb {
  return require('@duckdb/node-api');
}
