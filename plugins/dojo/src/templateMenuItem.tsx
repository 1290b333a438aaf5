import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
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
import type { JSX } from 'react';
import { z } from 'zod/v4';
import { isComponentWith } from './isComponentWith';
import { templateRouteRef } from './routes';
import { dojoTranslationRef } from './translation';
import styles from './templateMenuItem.module.css';

/** What one item is about. */
interface TemplateMenuItemOptions {
  readonly name: string;
  readonly title:
    | 'shipMenuItem.title'
    | 'releaseMenuItem.title'
    | 'migrateMenuItem.title'
    | 'deployMenuItem.title'
    | 'restoreBackupMenuItem.title'
    | 'rebuildCachesMenuItem.title';
  readonly icon: JSX.Element;
  /** Entity ref of the template, unless the app configures another. */
  readonly template: string;
  readonly permission: Parameters<typeof useEntityPermission>[0];
  /** A component is in it only with this annotation. */
  readonly annotation: string;
}

/**
 * An item in the menu of a component that opens a template with the component filled in, and nothing else in the link.
 * Absent where no template route is bound; disabled, and grey, without the permission on the entity.
 */
export function makeTemplateMenuItem(options: TemplateMenuItemOptions) {
  return EntityContextMenuItemBlueprint.makeWithOverrides({
    name: options.name,
    configSchema: {
      /** Entity ref of the template, `<namespace>/<name>`. */
      template: z.string().default(options.template),
    },
    factory(originalFactory, { apis, config }) {
      const { namespace, name } = parseEntityRef(config.template, {
        defaultKind: 'template',
        defaultNamespace: 'default',
      });
      const useProps = () => {
        const { entity } = useEntity();
        const { t } = useTranslationRef(dojoTranslationRef);
        const { allowed } = useEntityPermission(options.permission);
        const toTemplate = useRouteRef(templateRouteRef);
        const formData = JSON.stringify({
          component: stringifyEntityRef(entity),
        });
        const path = toTemplate?.({ namespace, templateName: name }) ?? '';
        return {
          title: t(options.title),
          href: `${path}?formData=${encodeURIComponent(formData)}`,
          disabled: !allowed || path === '',
        };
      };
      return originalFactory({
        icon: <span className={styles.icon}>{options.icon}</span>,
        filter: entity =>
          isComponentWith(options.annotation, entity) &&
          apis.get(routeResolutionApiRef)?.resolve(templateRouteRef) !==
            undefined,
        useProps,
      });
    },
  });
}
