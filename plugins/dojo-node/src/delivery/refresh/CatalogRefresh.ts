import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import type { ComponentAllowance } from '../../component/readComponent';
import { sourceNames } from '../sources/sourceNames';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { SourceReading } from './SourceReading';
import { toIndexedEntity } from './toIndexedEntity';

const filter = { kind: 'component' };
const pageSize = 500;
const day = 24 * 60 * 60 * 1000;
/** What {@link toIndexedEntity} reads, and the catalog needs to say whose an entity is. */
const fields = [
  'kind',
  'apiVersion',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.system',
  'relations',
];

/** What {@link CatalogRefresh} works with. */
export interface CatalogRefreshOptions {
  readonly index: Pick<
    DeliveryIndex,
    'components' | 'purge' | 'putEntity' | 'remove'
  >;
  readonly reading: Pick<SourceReading, 'attempt'>;
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly clock: { now(): Date };
}

/** Reads which components there are, and where each is released and deployed. */
export class CatalogRefresh {
  readonly #options: CatalogRefreshOptions;

  constructor(options: CatalogRefreshOptions) {
    this.#options = options;
  }

  /** Those that are gone are forgotten only where the whole catalog was read. */
  async read(signal: AbortSignal): Promise<void> {
    const { index, reading, clock } = this.#options;
    await reading.attempt('catalog', sourceNames.catalog, signal, async () => {
      const found = new Set<string>();
      for await (const entity of this.#entities(signal)) {
        found.add(await this.put(entity));
      }
      for (const { ref } of await index.components()) {
        if (!found.has(ref)) await index.remove(ref);
      }
      await index.purge(new Date(clock.now().getTime() - day));
    });
  }

  /** Takes in one entity. @returns its ref. */
  async put(read: Entity): Promise<string> {
    const { ref, entity } = toIndexedEntity(read, this.#options);
    await this.#options.index.putEntity(ref, entity);
    return ref;
  }

  /** Takes in one that was read before, as the catalog has it now. @returns whether there is anything new of it. */
  async again(ref: string): Promise<boolean> {
    const { index, catalog, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const read = await catalog.getEntityByRef(ref, { credentials });
    if (!read) return false;
    return index.putEntity(ref, toIndexedEntity(read, this.#options).entity);
  }

  async *#entities(signal: AbortSignal): AsyncGenerator<Entity> {
    const { catalog, auth } = this.#options;
    let cursor: string | undefined;
    do {
      signal.throwIfAborted();
      const credentials = await auth.getOwnServiceCredentials();
      const page = await catalog.queryEntities(
        cursor === undefined
          ? { filter, fields, limit: pageSize }
          : { cursor, fields, limit: pageSize },
        { credentials },
      );
      for (const entity of page.items) {
        if (isOurs(entity)) yield entity;
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor !== undefined);
  }
}

/** Whether it says anything of a delivery, or at least where it came from. */
function isOurs({ metadata: { annotations = {} } }: Entity): boolean {
  return (
    ANNOTATION_SOURCE_LOCATION in annotations ||
    Object.values(dojoAnnotations).some(name => name in annotations)
  );
}
