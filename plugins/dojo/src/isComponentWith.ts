import type { Entity } from '@backstage/catalog-model';

/** Whether an entity is a component that has this annotation. */
export function isComponentWith(annotation: string, entity: Entity): boolean {
  return (
    entity.kind.toLowerCase() === 'component' &&
    entity.metadata.annotations?.[annotation] !== undefined
  );
}
