import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { serviceErrors } from '../errors/serviceErrors';

/** `Ledger` as `component:default/ledger`. @throws DojoError `COMPONENT_REF_INVALID`. */
export function toComponentRef(component: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(component, {
        defaultKind: 'Component',
        defaultNamespace: 'default',
      }),
    );
  } catch (error) {
    throw serviceErrors.componentRefInvalid(component, error);
  }
}
