import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * One row a start: which task it came to. Beside the templates' own idempotence it is what lets the same start twice be one
 * task; it may be dropped at any time.
 */
const table = 'dojo_started_runs1';

/** After which a start without a task is taken for one whose backend was killed. Milliseconds. */
const abandonedAfterMs = 30_000;

/** What {@link StartedRuns} works with. */
export interface StartedRunsOptions {
  readonly knex: Knex;
  readonly clock: { now(): Date };
}

/** Who goes on with a start. */
export type Claim =
  | {
      readonly kind: 'mine';
      /** Tells the task, or gives the start back. */
      readonly settle: (taskId: string | undefined) => Promise<void>;
    }
  | { readonly kind: 'started'; readonly taskId: string }
  | { readonly kind: 'pending' };

/** Starts without a form, and the tasks that they came to, in the plugin's own database. */
export class StartedRuns {
  readonly #knex: Knex;
  readonly #clock: { now(): Date };

  constructor({ knex, clock }: StartedRunsOptions) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /** Makes the table where it is not there; several replicas may do it at once. */
  async prepare(): Promise<void> {
    if (await this.#knex.schema.hasTable(table)) return;
    try {
      await this.#knex.schema.createTable(table, columns => {
        columns.string('key', 64).primary();
        columns.string('claim', 36).notNullable();
        columns.string('task_id', 64).nullable().index();
        columns.bigInteger('started_at').notNullable();
      });
    } catch (error) {
      // Another replica was faster.
      if (!(await this.#knex.schema.hasTable(table))) throw error;
    }
  }

  /** The task that a start came to; undefined: there is none. */
  async taskOf(key: string): Promise<string | undefined> {
    const row = await this.#knex(table).where({ key }).first('task_id');
    return row?.task_id ?? undefined;
  }

  /**
   * Takes a start for oneself, where nobody else has it: of all that ask at once, one is given it.
   *
   * @param instead - a task of an earlier start that is to be replaced, since it came to nothing
   */
  async claim(key: string, instead?: string): Promise<Claim> {
    const claim = randomUUID();
    const now = this.#clock.now().getTime();
    const mine = { claim, task_id: null, started_at: now };
    await this.#knex(table)
      .insert({ key, ...mine })
      .onConflict('key')
      .ignore();
    const row = await this.#knex(table).where({ key }).first();
    if (row === undefined) return { kind: 'pending' };
    if (row.claim === claim) return this.#mine(key, claim);
    const isOver =
      row.task_id === null
        ? Number(row.started_at) < now - abandonedAfterMs
        : row.task_id === instead;
    if (isOver) {
      const taken = await this.#knex(table)
        .where({ key, claim: row.claim })
        .update(mine);
      return taken === 1 ? this.#mine(key, claim) : { kind: 'pending' };
    }
    return row.task_id === null
      ? { kind: 'pending' }
      : { kind: 'started', taskId: row.task_id };
  }

  /** Those of some tasks that were started here. */
  async among(taskIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#knex(table)
      .whereIn('task_id', [...taskIds])
      .select('task_id');
    return new Set(rows.map(({ task_id: id }) => id));
  }

  #mine(key: string, claim: string): Claim {
    return {
      kind: 'mine',
      settle: async taskId => {
        const row = this.#knex(table).where({ key, claim });
        await (taskId === undefined
          ? row.delete()
          : row.update({ task_id: taskId }));
      },
    };
  }
}
