import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { dojoAnnotations, isDojoError } from 'backstage-plugin-dojo-common';
import {
  type ComponentAllowance,
  ownerOf,
  toComponent,
} from '../../component/readComponent';
import type { IndexedEntity } from '../store/IndexedComponent';

/** What the index keeps of an entity, checked against what the configuration allows. */
export function toIndexedEntity(
  entity: Entity,
  from: {
    readonly integrations: ScmIntegrationRegistry;
    readonly allow: ComponentAllowance;
  },
): { readonly ref: string; readonly entity: IndexedEntity } {
  const ref = stringifyEntityRef(entity);
  const owner = ownerOf(entity);
  const system = entity.spec?.system;
  return {
    ref,
    entity: {
      title: entity.metadata.title ?? entity.metadata.name,
      ...(owner !== undefined && { owner }),
      ...(typeof system === 'string' && { system }),
      place: placeOf(ref, entity, from),
    },
  };
}

function placeOf(
  ref: string,
  entity: Entity,
  from: Parameters<typeof toComponent>[2],
): IndexedEntity['place'] {
  try {
    const place = toComponent(ref, entity, from);
    const { repository, branch, image, tagPrefix, path, migrations } = place;
    const { infra, basePath } = place;
    const maintenance =
      entity.metadata.annotations?.[dojoAnnotations.maintenance]?.trim();
    return {
      kind: 'target',
      target: {
        component: ref,
        name: entity.metadata.name.toLowerCase(),
        repository,
        migrations,
        basePath,
        ...(branch !== undefined && { branch }),
        ...(maintenance && { maintenance }),
        ...(image !== undefined && { image }),
        ...(tagPrefix !== undefined && { tagPrefix }),
        ...(path !== undefined && { path }),
        ...(infra !== undefined && { infra }),
      },
    };
  } catch (error) {
    if (!isDojoError(error)) throw error;
    return error.code === 'REPOSITORY_MISSING'
      ? { kind: 'none' }
      : { kind: 'refused', error: error.toJSON() };
  }
}
