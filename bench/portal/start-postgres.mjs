/**
 * A PostgreSQL of the benchmark's own: the figures are of a database that nobody else asks. `BENCH_DATABASE`
 * (postgresql://…) names another one, which is left as it was found.
 */
import { freePort } from '../../scripts/portal/free-port.mjs';
import { startPostgres as start } from '../../packages/testing/src/postgres/start-postgres.ts';

/** @returns `url` of the database, `version` for the section, and what ends it. */
export async function startPostgres() {
  const url = process.env.BENCH_DATABASE;
  return url
    ? { url, version: 'PostgreSQL', stop: async () => {} }
    : start(await freePort(45_432));
}
