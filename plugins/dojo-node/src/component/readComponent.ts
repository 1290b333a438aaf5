import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  getEntitySourceLocation,
  isComponentEntity,
} from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  dojoAnnotations,
  parseInput,
  releaseRequestSchema,
} from 'backstage-plugin-dojo-common';
import { serviceErrors } from '../errors/serviceErrors';
import { toRepositoryUrl } from './toRepositoryUrl';

/** Where a component is released: its annotations, and nothing that a form, an agent or a task said. */
export interface DojoComponent {
  readonly repository: string;
  readonly branch?: string;
  readonly image?: string;
  /** What stands before the version in the tags. */
  readonly tagPrefix?: string;
  /** Folder of the component in a repository of several. */
  readonly path?: string;
  /** Folder of the migrations in the repository. */
  readonly migrations: string;
}

/** They come from whoever may edit the entity, and lead to paths and refs. */
const versionLineSchema = releaseRequestSchema.pick({
  tagPrefix: true,
  path: true,
});

/**
 * Reads the component as its initiator may see it.
 *
 * @param ref - complete entity ref
 * @throws DojoError `COMPONENT_NOT_FOUND`, `NOT_A_COMPONENT`, `REPOSITORY_MISSING`, `INPUT_INVALID`.
 */
export async function readComponent(
  ref: string,
  credentials: BackstageCredentials,
  from: { catalog: CatalogService; integrations: ScmIntegrationRegistry },
): Promise<DojoComponent> {
  const entity = await from.catalog.getEntityByRef(ref, { credentials });
  if (!entity) throw serviceErrors.componentNotFound(ref);
  if (!isComponentEntity(entity))
    throw serviceErrors.notAComponent(ref, entity.kind);

  const repository =
    annotation(entity, dojoAnnotations.repository) ??
    sourceRepository(entity, from.integrations);
  if (repository === undefined) throw serviceErrors.repositoryMissing(ref);
  const line = parseInput(
    versionLineSchema,
    {
      tagPrefix: annotation(entity, dojoAnnotations.tagPrefix),
      path: annotation(entity, dojoAnnotations.path),
    },
    `annotation of ${ref}`,
  );
  return {
    repository,
    ...line,
    branch: annotation(entity, dojoAnnotations.branch),
    image: annotation(entity, dojoAnnotations.image),
    migrations: annotation(entity, dojoAnnotations.migrations) ?? 'migrations',
  };
}

function annotation(entity: Entity, name: string): string | undefined {
  return entity.metadata.annotations?.[name]?.trim() || undefined;
}

function sourceRepository(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): string | undefined {
  // getEntitySourceLocation throws without one, and would fall back on where the entity was registered.
  if (!annotation(entity, ANNOTATION_SOURCE_LOCATION)) return undefined;
  const { type, target } = getEntitySourceLocation(entity);
  if (type !== 'url') return undefined;
  return toRepositoryUrl(target, integrations.byUrl(target)?.type);
}
