import { routeResolutionApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';
import { environmentHash } from '../delivery/environmentAnchor';

/** The part of the entity page's address that the Delivery tab has. */
const tab = 'delivery';

/**
 * The way to a component's Delivery tab, and to one environment in it; `undefined` where the app has no entity page.
 *
 * @returns A function of the component's entity ref.
 */
export function useDeliveryPath(): (
  component: string,
  environment?: string,
) => string | undefined {
  const routes = useApi(routeResolutionApiRef);
  return useCallback(
    (component, environment) => {
      const page = routes.resolve(entityRouteRef)?.(
        entityRouteParams(component),
      );
      if (page === undefined) return undefined;
      return environment
        ? `${page}/${tab}${environmentHash(environment)}`
        : `${page}/${tab}`;
    },
    [routes],
  );
}
