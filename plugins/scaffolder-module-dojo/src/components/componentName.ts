import { parseEntityRef } from '@backstage/catalog-model';

/**
 * The name in an entity ref of a component, as people say it: `ledger` of `component:default/ledger`.
 *
 * @throws Error where it is no entity ref
 */
export function componentName(ref: string): string {
  return parseEntityRef(ref, {
    defaultKind: 'component',
    defaultNamespace: 'default',
  }).name;
}
