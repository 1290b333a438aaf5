import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { dojoTranslationRef } from '../../translation';
import { migrationLevel } from '../migrationLevel';
import { placeOf } from '../sources';
import { useSourceName } from '../useSourceName';
import type { DeliveryChange } from './changesBetween';

/** Says a change of a component in a sentence: `receipts 0.1.0 released: 2 features, 1 fix.` */
export function useChangeText(): (
  change: DeliveryChange,
  component: string,
) => string {
  const { t } = useTranslationRef(dojoTranslationRef);
  const nameOf = useSourceName();
  return useCallback(
    (change, component) => {
      switch (change.kind) {
        case 'released':
          return released(change, component);
        case 'runs':
          return t('delivery.changes.runs', {
            environment: change.environment,
            version: change.version,
          });
        case 'landed':
          return t('delivery.changes.landed', {
            environment: change.environment,
            version: change.version,
          });
        case 'migrated':
          return t('delivery.changes.migrated', {
            environment: change.environment,
            from: migrationLevel(change.from),
            to: migrationLevel(change.to),
          });
        case 'matches-git':
          return t('delivery.changes.matchesGit', {
            environment: change.environment,
          });
        case 'current':
          return t('delivery.changes.current', {
            source: placeOf(change.source).environment || nameOf(change.source),
          });
        default:
          return unwell(change.environment);
      }

      function released(
        {
          version,
          features,
          fixes,
        }: Extract<DeliveryChange, { kind: 'released' }>,
        name: string,
      ): string {
        const what = [
          features > 0 && t('delivery.changes.features', { count: features }),
          fixes > 0 && t('delivery.changes.fixes', { count: fixes }),
        ]
          .filter(Boolean)
          .join(', ');
        return t('delivery.changes.released', {
          component: name,
          version,
          what: what && `: ${what}`,
        });
      }

      function unwell({ name, health }: DeliveryEnvironment): string {
        const sentence =
          health.kind === 'unknown' ? undefined : health.sentence;
        const values = {
          environment: name,
          cause: sentence ? `: ${sentence.replace(/\.$/, '')}` : '',
        };
        if (health.kind === 'down') return t('delivery.changes.down', values);
        return health.kind === 'failed'
          ? t('delivery.changes.failed', values)
          : t('delivery.changes.stopped', values);
      }
    },
    [t, nameOf],
  );
}
