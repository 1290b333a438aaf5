import { randomUUID } from 'node:crypto';
import type { DeliveryRowFacts } from 'dojo-portal-core/delivery';
import type { Knex } from 'knex';
import { canonicalJson, hashOf } from './contentHash';
import type {
  IndexedComponent,
  IndexedEntity,
  SourceMark,
} from './IndexedComponent';
import {
  areTablesThere,
  createTables,
  dropTables,
  tables,
} from './indexTables';
import {
  readMarks,
  readMarksBelow,
  takeLease,
  writeMarks,
} from './sourceMarks';

/** What of a component was written. */
export type IndexChange = 'entity' | 'facts' | 'listing';

type OnChange = (ref: string, generation: number, what: IndexChange) => void;

/** Which index it is, and how far. */
export interface IndexState {
  /** Another one after the index was dropped. */
  readonly epoch: string;
  readonly generation: number;
  /** Components in it. */
  readonly components: number;
}

/** A listing as it is stored; without one the component is not ready for the list, or gone. */
export interface StoredListing {
  readonly ref: string;
  readonly generation: number;
  readonly entity: IndexedEntity;
  readonly listing?: DeliveryRowFacts;
  readonly isRemoved: boolean;
}

/** What is stored of a component. */
export interface StoredFacts {
  readonly source: string;
  readonly facts: unknown;
}

/**
 * What the sources said, in the plugin's own database (SQLite or PostgreSQL): a projection that may be dropped at any time,
 * also while it is used. A row is written only where its content changes; each such write moves the generation on, in the
 * order in which the writes can be seen.
 */
export class DeliveryIndex {
  readonly #knex: Knex;
  readonly #clock: { now(): Date };
  readonly #onChange: OnChange;

  /** @param options - `onChange` is called after each write that changed what is known of a component. */
  constructor(options: {
    readonly knex: Knex;
    readonly clock: { now(): Date };
    readonly onChange?: OnChange;
  }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#onChange = options.onChange ?? (() => {});
  }

  /** Makes the tables where they are not there. Generations begin at the time, so that those after a drop are later ones. */
  async prepare(): Promise<void> {
    await createTables(this.#knex);
    const generation = this.#clock.now().getTime();
    await this.#knex(tables.state)
      .insert({ id: 1, epoch: randomUUID(), generation })
      .onConflict('id')
      .ignore();
  }

  /** Takes all of it away; it is made again by whoever asks it next. */
  async drop(): Promise<void> {
    await dropTables(this.#knex);
  }

  async state(): Promise<IndexState> {
    return this.#healed(async knex => {
      const row = await knex(tables.state).where({ id: 1 }).first();
      if (!row) throw new Error('the index has no state');
      const [{ count }] = (await knex(tables.components).count({
        count: '*',
      })) as [{ count: number | string }];
      return {
        epoch: row.epoch,
        generation: Number(row.generation),
        components: Number(count),
      };
    });
  }

  /** Of a component that the catalog has, as far as the index knows. */
  async component(ref: string): Promise<IndexedComponent | undefined> {
    return this.#healed(async knex => {
      const row = await knex(tables.components)
        .where({ ref, removed_at: null })
        .first('ref', 'generation', 'entity');
      return row && toComponent(row);
    });
  }

  async components(): Promise<IndexedComponent[]> {
    return this.#healed(async knex => {
      const rows = await knex(tables.components)
        .whereNull('removed_at')
        .orderBy('ref')
        .select('ref', 'generation', 'entity');
      return rows.map(toComponent);
    });
  }

  /** Listings that changed after a generation, the removed ones too. */
  async listingsAfter(generation: number): Promise<StoredListing[]> {
    return this.#healed(async knex => {
      const rows = await knex(tables.components)
        .where('generation', '>', generation)
        .select('ref', 'generation', 'entity', 'listing', 'removed_at');
      return rows.map(row => ({
        ...toComponent(row),
        ...(row.listing !== null && { listing: JSON.parse(row.listing) }),
        isRemoved: row.removed_at !== null,
      }));
    });
  }

  async facts(ref: string): Promise<StoredFacts[]> {
    return this.#healed(async knex => {
      const rows = await knex(tables.facts)
        .where({ ref })
        .select('source', 'facts');
      return rows.map(row => ({
        source: row.source,
        facts: JSON.parse(row.facts),
      }));
    });
  }

  /** What one source said of each component that it said something of. */
  async factsOfSource(source: string): Promise<Map<string, unknown>> {
    return this.#healed(async knex => {
      const rows = await knex(tables.facts)
        .where({ source })
        .select('ref', 'facts');
      return new Map(rows.map(row => [row.ref, JSON.parse(row.facts)]));
    });
  }

  /**
   * Keeps what the catalog says.
   *
   * @returns whether it is new.
   */
  async putEntity(ref: string, entity: IndexedEntity): Promise<boolean> {
    const text = canonicalJson(entity);
    const hash = hashOf(text);
    return this.#write(ref, 'entity', async (knex, next) => {
      const known = await knex(tables.components)
        .where({ ref })
        .first('entity_hash', 'removed_at');
      if (known?.entity_hash === hash && known.removed_at === null) {
        return false;
      }
      const generation = await next();
      await knex(tables.components)
        .insert({ ref, generation, entity_hash: hash, entity: text })
        .onConflict('ref')
        .merge({
          generation,
          entity_hash: hash,
          entity: text,
          removed_at: null,
        });
      return true;
    });
  }

  /** Forgets a component; its row stays until {@link purge}, so that other replicas see that it went. */
  async remove(ref: string): Promise<boolean> {
    return this.#write(ref, 'entity', async (knex, next) => {
      const known = await knex(tables.components)
        .where({ ref, removed_at: null })
        .first('ref');
      if (!known) return false;
      const generation = await next();
      await knex(tables.components).where({ ref }).update({
        generation,
        listing: null,
        listing_hash: null,
        removed_at: this.#clock.now().getTime(),
      });
      await knex(tables.facts).where({ ref }).delete();
      await knex(tables.marks)
        .whereIn('source', [`repository:${ref}`, `registry:${ref}`])
        .delete();
      return true;
    });
  }

  /** Takes the rows of components away that went before an instant. */
  async purge(before: Date): Promise<void> {
    await this.#healed(knex =>
      knex(tables.components)
        .where('removed_at', '<', before.getTime())
        .delete(),
    );
  }

  /**
   * Keeps what a source said of a component; nothing is written where it says what it said before, or where a later
   * reading was faster.
   *
   * @param readAt - when the reading began
   * @returns whether it is new.
   */
  async putFacts(
    ref: string,
    source: string,
    facts: object,
    readAt: Date,
  ): Promise<boolean> {
    const text = canonicalJson(facts);
    const hash = hashOf(text);
    // Most readings bring nothing new, and those wait for nobody's transaction.
    if (await this.#holds(ref, source, hash)) return false;
    return this.#write(ref, 'facts', async (knex, next) => {
      const component = await knex(tables.components)
        .where({ ref, removed_at: null })
        .first('ref');
      if (!component) return false;
      const generation = await next();
      const known = await knex(tables.facts)
        .where({ ref, source })
        .first('hash', 'read_at');
      const at = readAt.getTime();
      if (known && (known.hash === hash || Number(known.read_at) > at)) {
        return false;
      }
      await knex(tables.facts)
        .insert({ ref, source, hash, read_at: at, facts: text })
        .onConflict(['ref', 'source'])
        .merge();
      await knex(tables.components).where({ ref }).update({ generation });
      return true;
    });
  }

  /** Keeps how a component stands in the list. @returns whether it is new. */
  async putListing(ref: string, listing: DeliveryRowFacts): Promise<boolean> {
    const text = canonicalJson(listing);
    const hash = hashOf(text);
    return this.#write(ref, 'listing', async (knex, next) => {
      const known = await knex(tables.components)
        .where({ ref, removed_at: null })
        .first('listing_hash');
      if (!known || known.listing_hash === hash) return false;
      const generation = await next();
      await knex(tables.components)
        .where({ ref })
        .update({ generation, listing_hash: hash, listing: text });
      return true;
    });
  }

  /** Of the sources that were read, or are to be. */
  async marks(sources: readonly string[]): Promise<Map<string, SourceMark>> {
    return this.#healed(knex => readMarks(knex, sources));
  }

  /** Those whose name begins so. @param prefix - without `%` and `_` */
  async marksBelow(prefix: string): Promise<Map<string, SourceMark>> {
    return this.#healed(knex => readMarksBelow(knex, prefix));
  }

  /** How readings went; no generation moves, since no fact changed. */
  async putMarks(marks: readonly SourceMark[]): Promise<void> {
    await this.#healed(knex => writeMarks(knex, marks));
  }

  /**
   * Takes a turn that one replica has at a time.
   *
   * @returns whether it is `holder`'s until then.
   */
  async takeLease(
    name: string,
    holder: string,
    lengthMs: number,
  ): Promise<boolean> {
    const now = this.#clock.now().getTime();
    return this.#healed(knex =>
      takeLease(knex, { name, holder, now, until: now + lengthMs }),
    );
  }

  async #holds(ref: string, source: string, hash: string): Promise<boolean> {
    return this.#healed(async knex => {
      const row = await knex(tables.facts).where({ ref, source }).first('hash');
      return row?.hash === hash;
    });
  }

  /** One transaction; the generation's row is locked by whoever takes the next, until their write can be seen. */
  async #write(
    ref: string,
    what: IndexChange,
    work: (knex: Knex, next: () => Promise<number>) => Promise<boolean>,
  ): Promise<boolean> {
    let generation = 0;
    const changed = await this.#healed(knex =>
      knex.transaction(trx =>
        work(trx, async () => {
          await trx(tables.state).where({ id: 1 }).increment('generation', 1);
          const row = await trx(tables.state)
            .where({ id: 1 })
            .first('generation');
          generation = Number(row.generation);
          return generation;
        }),
      ),
    );
    if (changed) this.#onChange(ref, generation, what);
    return changed;
  }

  /** What fails because somebody dropped the tables is done again on new ones. */
  async #healed<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
    try {
      return await work(this.#knex);
    } catch (error) {
      const isWhole =
        (await areTablesThere(this.#knex)) &&
        (await this.#knex(tables.state).where({ id: 1 }).first('id'));
      if (isWhole) throw error;
      await this.prepare();
      return work(this.#knex);
    }
  }
}

interface ComponentRow {
  readonly ref: string;
  readonly generation: number | string;
  readonly entity: string;
}

function toComponent({ ref, generation, entity }: ComponentRow) {
  return {
    ref,
    generation: Number(generation),
    entity: JSON.parse(entity) as IndexedEntity,
  };
}
