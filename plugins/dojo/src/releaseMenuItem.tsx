import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  routeResolutionApiRef,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityContextMenuItemBlueprint,
  useEntityPermission,
} from '@backstage/plugin-catalog-react/alpha';
import { RiRocketLine } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoReleaseCreatePermission } from 'backstage-plugin-dojo-common/permissions';
import { z } from 'zod/v4';
import { templateRouteRef } from './routes';
import { dojoTranslationRef } from './translation';

function isReleasable(entity: Entity): boolean {
  return (
    entity.kind.toLowerCase() === 'component' &&
    entity.metadata.annotations?.[dojoAnnotations.repository] !== undefined
  );
}

/**
 * "Release" in the menu of a component: opens the release template with the component filled in, and nothing else in
 * the link. Absent where no template route is bound; disabled without `dojo.release.create` on the entity.
 */
export const releaseMenuItem = EntityContextMenuItemBlueprint.makeWithOverrides(
  {
    name: 'release',
    configSchema: {
      /** Entity ref of the template, `<namespace>/<name>`. */
      template: z.string().default('default/release'),
    },
    factory(originalFactory, { apis, config }) {
      const { namespace, name } = parseEntityRef(config.template, {
        defaultKind: 'template',
        defaultNamespace: 'default',
      });
      const useProps = () => {
        const { entity } = useEntity();
        const { t } = useTranslationRef(dojoTranslationRef);
        const { allowed } = useEntityPermission(dojoReleaseCreatePermission);
        const toTemplate = useRouteRef(templateRouteRef);
        const formData = JSON.stringify({
          component: stringifyEntityRef(entity),
        });
        const path = toTemplate?.({ namespace, templateName: name }) ?? '';
        return {
          title: t('releaseMenuItem.title'),
          href: `${path}?formData=${encodeURIComponent(formData)}`,
          disabled: !allowed || path === '',
        };
      };
      return originalFactory({
        icon: <RiRocketLine size={16} />,
        filter: entity =>
          isReleasable(entity) &&
          apis.get(routeResolutionApiRef)?.resolve(templateRouteRef) !==
            undefined,
        useProps,
      });
    },
  },
);
