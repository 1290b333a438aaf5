import type { Knex } from 'knex';

/**
 * Names of the tables: a projection of what the sources say, that may be dropped at any time. There are no migrations of
 * them: another shape gets another number in its names, and is read anew from the sources.
 */
export const tables = {
  /** One row: which index it is, and how often it was written. */
  state: 'dojo_delivery1_state',
  /** One row a component: what its entity says, and how it stands in the list. */
  components: 'dojo_delivery1_components',
  /** One row a component and source: what the source said last. */
  facts: 'dojo_delivery1_facts',
  /** One row a source: when it was read, and how that went. */
  marks: 'dojo_delivery1_marks',
} as const;

const columns: Readonly<
  Record<keyof typeof tables, (table: Knex.CreateTableBuilder) => void>
> = {
  state(table) {
    table.integer('id').primary();
    table.string('epoch', 36).notNullable();
    table.bigInteger('generation').notNullable();
  },
  components(table) {
    table.string('ref', 255).primary();
    table.bigInteger('generation').notNullable().index();
    table.string('entity_hash', 64).notNullable();
    table.text('entity').notNullable();
    table.string('listing_hash', 64).nullable();
    table.text('listing').nullable();
    table.bigInteger('removed_at').nullable();
  },
  facts(table) {
    table.string('ref', 255).notNullable();
    table.string('source', 120).notNullable();
    table.string('hash', 64).notNullable();
    table.bigInteger('read_at').notNullable();
    table.text('facts').notNullable();
    table.primary(['ref', 'source']);
  },
  marks(table) {
    table.string('source', 500).primary();
    table.bigInteger('as_of').nullable();
    table.bigInteger('next_at').notNullable();
    table.integer('failures').notNullable().defaultTo(0);
    table.text('error').nullable();
    table.string('token', 200).nullable();
  },
};

/**
 * Brings the tables there that are not; several replicas may do it at once. What is left of an index that somebody dropped
 * in part is emptied: facts, and when they were read, belong together.
 */
export async function createTables(knex: Knex): Promise<void> {
  let isNew = false;
  for (const [key, name] of Object.entries(tables)) {
    if (await knex.schema.hasTable(name)) continue;
    try {
      await knex.schema.createTable(name, columns[key as keyof typeof tables]);
      isNew = true;
    } catch (error) {
      // Another replica was faster.
      if (!(await knex.schema.hasTable(name))) throw error;
    }
  }
  if (!isNew) return;
  for (const name of Object.values(tables)) await knex(name).delete();
}

/** Takes them away. */
export async function dropTables(knex: Knex): Promise<void> {
  for (const name of Object.values(tables)) {
    await knex.schema.dropTableIfExists(name);
  }
}

/** Whether all of them are there. */
export async function areTablesThere(knex: Knex): Promise<boolean> {
  for (const name of Object.values(tables)) {
    if (!(await knex.schema.hasTable(name))) return false;
  }
  return true;
}
