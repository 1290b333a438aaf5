import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  routeResolutionApiRef,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EntityIconLinkBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { VisuallyHidden } from '@backstage/ui';
import type { DeliveryActionId } from 'backstage-plugin-dojo-common';
import { sentenceOf } from 'backstage-plugin-dojo-react';
import type { JSX } from 'react';
import { z } from 'zod/v4';
import { isComponentWith } from '../isComponentWith';
import { templateRouteRef } from '../routes';
import { dojoTranslationRef } from '../translation';
import { chosenAction } from './chosenAction';
import styles from './iconLinks.module.css';
import { useSharedDelivery } from './sharedDelivery';

/** What one link is about. */
interface DeliveryIconLinkOptions {
  readonly name: 'release' | 'deploy' | 'migrate';
  readonly icon: JSX.Element;
  /** The verbs that it can be; the first one that is ready. */
  readonly actions: readonly DeliveryActionId[];
  /** A component has it only with this annotation. */
  readonly annotation: string;
}

/**
 * A link in the About card that opens the form of a verb, filled in as the Delivery tab fills it. Disabled, with the
 * reason, where a rule holds the verb back; absent without permission, and where no template route is bound.
 */
export function makeDeliveryIconLink(options: DeliveryIconLinkOptions) {
  return EntityIconLinkBlueprint.makeWithOverrides({
    name: options.name,
    configSchema: {
      /** Entity ref of the template; default: the one that the backend names. */
      template: z.string().optional(),
    },
    factory(originalFactory, { apis, config }) {
      const useProps = () => {
        const { entity } = useEntity();
        const { t } = useTranslationRef(dojoTranslationRef);
        const toTemplate = useRouteRef(templateRouteRef);
        const delivery = useSharedDelivery(stringifyEntityRef(entity));
        const action = chosenAction(delivery, options.actions);
        const label = t(`iconLinks.${options.name}`);
        if (!action || !toTemplate || !('template' in action.to)) {
          return absent(label);
        }
        const { template, formData } = action.to;
        const { namespace, name } = parseEntityRef(
          config.template ?? template,
          {
            defaultKind: 'template',
            defaultNamespace: 'default',
          },
        );
        const path = toTemplate({ namespace, templateName: name });
        const blocked = action.state === 'ready' ? undefined : action.state;
        const title = sentenceOf(blocked?.sentence ?? action.label.sentence);
        return {
          label,
          title,
          disabled: blocked !== undefined,
          href: `${path}?formData=${encodeURIComponent(
            JSON.stringify(formData),
          )}`,
          icon: (
            <span className={styles.icon}>
              {options.icon}
              {/* What is disabled takes no focus, and would not tell its title. */}
              {blocked && <VisuallyHidden>{title}</VisuallyHidden>}
            </span>
          ),
        };
      };
      return originalFactory({
        filter: entity =>
          isComponentWith(options.annotation, entity) &&
          apis.get(routeResolutionApiRef)?.resolve(templateRouteRef) !==
            undefined,
        useProps,
      });
    },
  });
}

/** A link that is not there: the card draws each that it is given, so this one takes itself out. */
function absent(label: string) {
  return {
    label,
    disabled: true,
    icon: <span className={styles.absent} />,
  };
}
