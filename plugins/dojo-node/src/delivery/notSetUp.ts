import { parseEntityRef } from '@backstage/catalog-model';
import { Delivery, dojoAnnotations } from 'backstage-plugin-dojo-common';
import type { DeliveryRules } from 'dojo-portal-core/delivery';
import type { DojoConfig } from '../config/readDojoConfig';
import type { IndexedComponent } from './store/IndexedComponent';

/** What is missing of a component that says nothing of a repository, and the lines that say it. */
export function notSetUp(
  component: IndexedComponent,
  rules: DeliveryRules,
  addressOf: (name: string) => string,
): Extract<Delivery, { kind: 'not-set-up' }> {
  const { name } = parseEntityRef(component.ref);
  return {
    kind: 'not-set-up',
    missing: [
      'repository',
      ...(rules.environments.length === 0 ? (['environments'] as const) : []),
    ],
    yaml: `annotations:\n  ${dojoAnnotations.repository}: ${addressOf(name)}\n`,
  };
}

/** Addresses as an example, of a place that this portal may read: others would be refused once they are written. */
export function exampleAddresses({
  localForgeRoot,
  allowedHosts,
}: Pick<DojoConfig, 'localForgeRoot' | 'allowedHosts'>): (
  name: string,
) => string {
  // A fresh Backstage names a host, of which it has no token, before anybody thought of one.
  if (localForgeRoot !== undefined) return name => `file:${name}.git`;
  const [host = 'github.com'] = allowedHosts;
  return name => `https://${host}/acme/${name}`;
}
