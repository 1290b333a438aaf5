import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { DeliveryAction } from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { templateRouteRef } from '../routes';

/** Makes the link of a verb: its form with the ids filled in, or its page; `undefined` where the app has no forms. */
export function useActionLink(): (
  action: DeliveryAction,
) => string | undefined {
  const toTemplate = useRouteRef(templateRouteRef);
  return useCallback(
    ({ to }) => {
      if ('url' in to) return to.url;
      const { namespace, name } = parseEntityRef(to.template, {
        defaultKind: 'template',
        defaultNamespace: 'default',
      });
      const path = toTemplate?.({ namespace, templateName: name });
      return (
        path &&
        `${path}?formData=${encodeURIComponent(JSON.stringify(to.formData))}`
      );
    },
    [toTemplate],
  );
}
