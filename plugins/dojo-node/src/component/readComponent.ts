import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  getEntitySourceLocation,
  isComponentEntity,
  parseLocationRef,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  dojoAnnotations,
  parseInput,
  releaseRequestSchema,
} from 'backstage-plugin-dojo-common';
import { serviceErrors } from '../errors/serviceErrors';
import { type AllowedPlaces, isAllowed } from './isAllowed';
import { repositoryName } from './repositoryName';
import { toRepositoryUrl } from './toRepositoryUrl';

/** Where a component is released and deployed: its annotations, and nothing that a form, an agent or a task said. */
export interface DojoComponent {
  readonly repository: string;
  readonly branch?: string;
  /** Pattern of the maintenance branches; absent: there are none. */
  readonly maintenance?: string;
  readonly image?: string;
  /** What stands before the version in the tags. */
  readonly tagPrefix?: string;
  /** Folder of the component in a repository of several. */
  readonly path?: string;
  /** Folder of the migrations in the repository. */
  readonly migrations: string;
  /** Repository of its overlays; absent: the configuration's. */
  readonly infra?: string;
  /** Folder of its Kustomize base in the repository. */
  readonly basePath: string;
}

const defaultBasePath = 'deploy/k8s/base';

/** They come from whoever may edit the entity, and lead to paths and refs. */
const placesSchema = releaseRequestSchema
  .pick({ tagPrefix: true, path: true })
  .extend({ basePath: releaseRequestSchema.shape.path });

/** `dojo.allow`: what components may name beside the repository that they came from. */
export interface ComponentAllowance {
  readonly repositories: readonly AllowedPlaces[];
  readonly images: readonly AllowedPlaces[];
  /** Repositories of overlays. */
  readonly infra: readonly AllowedPlaces[];
}

/**
 * Reads the component as its initiator may see it.
 *
 * @param ref - complete entity ref
 * @throws DojoError `COMPONENT_NOT_FOUND`, `NOT_A_COMPONENT`, `REPOSITORY_MISSING`, `REPOSITORY_NOT_ALLOWED`,
 * `IMAGE_NOT_ALLOWED`, `INFRA_NOT_ALLOWED`, `INPUT_INVALID`.
 */
export async function readComponent(
  ref: string,
  credentials: BackstageCredentials,
  from: {
    catalog: CatalogService;
    integrations: ScmIntegrationRegistry;
    allow: ComponentAllowance;
  },
): Promise<DojoComponent> {
  const entity = await from.catalog.getEntityByRef(ref, { credentials });
  if (!entity) throw serviceErrors.componentNotFound(ref);
  return toComponent(ref, entity, from);
}

/**
 * The same of an entity that was read before.
 *
 * @throws DojoError `NOT_A_COMPONENT`, `REPOSITORY_MISSING`, `REPOSITORY_NOT_ALLOWED`, `IMAGE_NOT_ALLOWED`,
 * `INFRA_NOT_ALLOWED`, `INPUT_INVALID`.
 */
export function toComponent(
  ref: string,
  entity: Entity,
  from: {
    readonly integrations: ScmIntegrationRegistry;
    readonly allow: ComponentAllowance;
  },
): DojoComponent {
  if (!isComponentEntity(entity))
    throw serviceErrors.notAComponent(ref, entity.kind);

  const repository =
    annotation(entity, dojoAnnotations.repository) ??
    sourceRepository(entity, from.integrations);
  if (repository === undefined) throw serviceErrors.repositoryMissing(ref);
  const image = annotation(entity, dojoAnnotations.image);
  const infra = annotation(entity, dojoAnnotations.infra);
  ensureAllowed(ref, entity, { repository, image, infra }, from);
  const { basePath, ...line } = parseInput(
    placesSchema,
    {
      tagPrefix: annotation(entity, dojoAnnotations.tagPrefix),
      path: annotation(entity, dojoAnnotations.path),
      basePath: annotation(entity, dojoAnnotations.basePath),
    },
    `annotation of ${ref}`,
  );
  return {
    repository,
    ...line,
    branch: annotation(entity, dojoAnnotations.branch),
    maintenance: annotation(entity, dojoAnnotations.maintenance),
    image,
    migrations: annotation(entity, dojoAnnotations.migrations) ?? 'migrations',
    infra,
    basePath:
      basePath ??
      (line.path === undefined
        ? defaultBasePath
        : `${line.path}/${defaultBasePath}`),
  };
}

/**
 * Whoever may write a component's file may name any repository in it, and the portal's credentials reach many: only the
 * one that the file itself came from is taken on its word. The catalog writes where that is; no file can.
 *
 * @throws DojoError `REPOSITORY_NOT_ALLOWED`, `IMAGE_NOT_ALLOWED`, `INFRA_NOT_ALLOWED`.
 */
function ensureAllowed(
  ref: string,
  entity: Entity,
  named: {
    readonly repository: string;
    readonly image: string | undefined;
    readonly infra: string | undefined;
  },
  from: {
    readonly integrations: ScmIntegrationRegistry;
    readonly allow: ComponentAllowance;
  },
): void {
  const { allow, integrations } = from;
  const { repository, image, infra } = named;
  const owner = ownerOf(entity);
  const home = homeRepository(entity, integrations);
  const name = repositoryName(repository);
  const isHome = name !== undefined && name === home;
  if (
    !isHome &&
    !(name !== undefined && isAllowed(name, owner, allow.repositories))
  ) {
    throw serviceErrors.repositoryNotAllowed(ref, name, home);
  }
  if (image !== undefined && !isAllowed(image, owner, allow.images)) {
    throw serviceErrors.imageNotAllowed(ref, image);
  }
  if (infra === undefined) return;
  // Its own repository too: who may release there does not decide what runs.
  const place = repositoryName(infra);
  if (place === undefined || !isAllowed(place, owner, allow.infra)) {
    throw serviceErrors.infraNotAllowed(ref, place);
  }
}

/** The catalog's own relation: it is made of `spec.owner`, with kind and namespace filled in. */
export function ownerOf(entity: Entity): string | undefined {
  return entity.relations
    ?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef.toLowerCase();
}

function homeRepository(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): string | undefined {
  const location = annotation(entity, ANNOTATION_LOCATION);
  if (!location) return undefined;
  const { type, target } = parseLocationRef(location);
  // Written by the provider of the local forge: no file can.
  if (type === 'dojo-forge') return repositoryName(`file:${target}`);
  if (type !== 'url') return undefined;
  const url = toRepositoryUrl(target, integrations.byUrl(target)?.type);
  return url && repositoryName(url);
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
