import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DatabaseClient } from './startTurn';

/**
 * Frees the locks that a replica left when it was killed while its plugins brought their tables up to date: knex never
 * does so by itself, and no replica would start again. Only for who holds the turn to start, as nobody else migrates then.
 */
export async function forgetLeftLocks(
  client: DatabaseClient,
  logger: LoggerService,
): Promise<void> {
  const tables: { table_schema: string; table_name: string }[] = await client
    .select('table_schema', 'table_name')
    .from('information_schema.columns')
    .where({ column_name: 'is_locked' })
    .andWhere('table_name', 'like', '%migrations\\_lock')
    .andWhereRaw('table_schema = any(current_schemas(false))');
  for (const { table_schema: schema, table_name: name } of tables) {
    const freed = await client(name)
      .withSchema(schema)
      .where({ is_locked: 1 })
      .update({ is_locked: 0 });
    if (freed > 0) {
      logger.warn(`freed ${name}: a replica was killed while it migrated`);
    }
  }
}
