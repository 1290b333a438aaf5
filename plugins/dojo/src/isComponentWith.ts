import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';

/**
 * Whether an entity is a component that has this annotation. What has no repository by name has the one that its source
 * location is in, as the backend reads it: nobody writes an annotation into a thousand files.
 */
export function isComponentWith(annotation: string, entity: Entity): boolean {
  if (entity.kind.toLowerCase() !== 'component') return false;
  const annotations = entity.metadata.annotations ?? {};
  if (annotations[annotation] !== undefined) return true;
  if (annotation !== dojoAnnotations.repository) return false;
  const source = annotations[ANNOTATION_SOURCE_LOCATION];
  return source?.startsWith('url:') === true;
}
