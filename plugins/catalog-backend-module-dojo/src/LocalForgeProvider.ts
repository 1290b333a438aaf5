import type { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { ForgeEntries, ForgeEntry } from 'backstage-plugin-dojo-node';
import { entitiesOf, locationOf } from './entitiesOf';

/** What {@link LocalForgeProvider} works with. */
export interface LocalForgeProviderOptions {
  readonly forge: Pick<ForgeEntries, 'list'>;
  readonly logger: LoggerService;
}

/**
 * The entities of `catalog-info.yaml` at the head of each repository of the local forge: a repository and its entry are
 * never apart for longer than it takes to look.
 */
export class LocalForgeProvider implements EntityProvider {
  readonly #options: LocalForgeProviderOptions;
  /** The last that could be read of each repository: a bad push takes nothing out of the catalog. */
  #known = new Map<string, readonly Entity[]>();
  /** What was complained of, so that it is said once and not every minute. */
  #said = new Set<string>();
  #connection: EntityProviderConnection | undefined;
  /** Whether it was asked before it was connected. */
  #isMissed = false;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(options: LocalForgeProviderOptions) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'dojo-local-forge';
  }

  /** Looks at once where it was asked before there was a catalog to tell: its schedule begins before the catalog does. */
  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    if (!this.#isMissed) return;
    await this.refresh().catch(error =>
      this.#options.logger.warn('the local forge could not be read', error),
    );
  }

  /**
   * Looks at the forge and tells the catalog. Asked while it looks, it looks once more after that: what was asked for may
   * have come too late for the first.
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#refresh(signal).finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.refresh(signal);
      });
    return this.#next;
  }

  async #refresh(
    signal: AbortSignal = new AbortController().signal,
  ): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) {
      this.#isMissed = true;
      return;
    }
    const { entries, isCut } = await this.#options.forge.list({ signal });
    const said = new Set<string>();
    if (isCut) {
      this.#warn('the local forge has more repositories than are read', said);
    }
    const known = new Map<string, readonly Entity[]>();
    for (const entry of entries) {
      known.set(entry.repository, this.#entitiesOf(entry, said));
    }
    await connection.applyMutation({
      type: 'full',
      entities: this.#toDeferred(known, said),
    });
    this.#known = known;
    this.#said = said;
  }

  #entitiesOf(entry: ForgeEntry, said: Set<string>): readonly Entity[] {
    const { repository } = entry;
    const before = this.#known.get(repository) ?? [];
    switch (entry.kind) {
      case 'absent':
        return [];
      case 'unreadable':
        this.#warn(`${repository}: ${entry.why}`, said);
        return before;
      default: {
        const { entities, problems } = entitiesOf(repository, entry.text);
        for (const problem of problems) {
          this.#warn(`${repository}: ${problem}`, said);
        }
        return entities.length === 0 && problems.length > 0 ? before : entities;
      }
    }
  }

  /**
   * Each entity once. Where two repositories claim one, the one that is called as it is has it, else the first by name.
   */
  #toDeferred(
    known: ReadonlyMap<string, readonly Entity[]>,
    said: Set<string>,
  ): DeferredEntity[] {
    const holders = new Map<string, { repository: string; entity: Entity }>();
    for (const [repository, entities] of known) {
      for (const entity of entities) {
        const ref = stringifyEntityRef(entity);
        const holder = holders.get(ref);
        const isNamed = repository === `${entity.metadata.name}.git`;
        const wins = holder === undefined || isNamed;
        if (holder !== undefined && holder.repository !== repository) {
          const [kept, lost] = wins
            ? [repository, holder.repository]
            : [holder.repository, repository];
          this.#warn(`${lost}: ${ref} is that of ${kept}`, said);
        }
        if (wins) holders.set(ref, { repository, entity });
      }
    }
    return [...holders.values()].map(({ repository, entity }) => ({
      entity,
      locationKey: locationOf(repository),
    }));
  }

  #warn(message: string, said: Set<string>): void {
    said.add(message);
    if (!this.#said.has(message)) {
      this.#options.logger.warn(`catalog-info.yaml: ${message}`);
    }
  }
}
