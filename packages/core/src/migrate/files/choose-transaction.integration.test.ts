import { DuckDBInstance } from '@duckdb/node-api';
import { mixes } from '../__testUtils__/mix-cases';
import { isMixError } from './choose-transaction';

/** @returns what DuckDB says where it refuses. */
async function refusal(
  before: string,
  sql: string,
): Promise<string | undefined> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(before);
    await connection.run(sql);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe('isMixError', () => {
  it.each(mixes)(
    'knows what DuckDB says of $sql in one transaction, which passes a statement each',
    async ({ before, sql }) => {
      const said = await refusal(before, `BEGIN; ${sql}; COMMIT`);
      expect(said).toBeDefined();
      expect(isMixError(said ?? '')).toBe(true);
      expect(await refusal(before, sql)).toBeUndefined();
    },
  );
});
