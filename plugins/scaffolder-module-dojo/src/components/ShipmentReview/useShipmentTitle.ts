import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ShipmentPlan } from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { componentName } from '../componentName';
import { shipmentVerdict } from './shipmentVerdict';

/** Says in one line what a shipment does: `Ship ledger 0.4.0 to dev`. */
export function useShipmentTitle() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return useCallback(
    (plan: ShipmentPlan): string => {
      const words = {
        name: componentName(plan.component),
        version: plan.version ?? '',
        environment: plan.environment,
      };
      return shipmentVerdict(plan).kind === 'nothing'
        ? t('shipReview.title.nothing', words)
        : t('shipReview.title.ship', words);
    },
    [t],
  );
}
