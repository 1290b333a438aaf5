import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { placeOfSource } from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { dojoTranslationRef } from '../translation';

/** Names a source as a person calls it: `staging's cluster`, `The repository`. */
export function useSourceName(): (id: string) => string {
  const { t } = useTranslationRef(dojoTranslationRef);
  return useCallback(
    id => {
      const { kind, environment } = placeOfSource(id);
      switch (kind) {
        case 'cluster':
          return t('delivery.sources.cluster', { environment });
        case 'database':
          return t('delivery.sources.database', { environment });
        case 'repository':
          return t('delivery.sources.repository');
        case 'infra':
          return t('delivery.sources.infra');
        case 'registry':
          return t('delivery.sources.registry');
        case 'forge':
          return t('delivery.sources.forge');
        default:
          return t('delivery.sources.tasks');
      }
    },
    [t],
  );
}
