import { parseEntityRef } from '@backstage/catalog-model';
import { Delivery, dojoAnnotations } from 'backstage-plugin-dojo-common';
import type { DeliveryRules } from 'dojo-portal-core/delivery';
import type { IndexedComponent } from './store/IndexedComponent';

/** What is missing of a component that says nothing of a repository, and the lines that say it. */
export function notSetUp(
  component: IndexedComponent,
  rules: DeliveryRules,
): Extract<Delivery, { kind: 'not-set-up' }> {
  const { name } = parseEntityRef(component.ref);
  return {
    kind: 'not-set-up',
    missing: [
      'repository',
      ...(rules.environments.length === 0 ? (['environments'] as const) : []),
    ],
    yaml: `annotations:\n  ${dojoAnnotations.repository}: https://github.com/acme/${name}\n`,
  };
}
