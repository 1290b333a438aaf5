import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type DeliveryEnvironment,
  placeOfSource,
} from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { dojoTranslationRef } from '../../translation';
import { migrationLevel } from '../migrationLevel';
import { useSourceName } from '../useSourceName';
import type { DeliveryChange } from './changesBetween';
import { preciseSpan } from './preciseSpan';

/** Changes that one run makes together, as a shipment does. */
const together = new Set<DeliveryChange['kind']>([
  'released',
  'runs',
  'landed',
  'committed',
  'migrated',
]);

/**
 * Says the changes of a component: one in a sentence of its own, `receipts 0.1.0 released: 2 features, 1 fix.`, and what was
 * shipped together in one.
 */
export function useChangesText(): (
  changes: readonly DeliveryChange[],
  component: string,
) => string {
  const { t } = useTranslationRef(dojoTranslationRef);
  const say = useChangeText();
  return useCallback(
    (changes, component) => {
      const shipped = changes.filter(isTogether);
      const alone = shipped.length > 1 ? [] : shipped;
      const sentences = [
        ...(shipped.length > 1
          ? [
              t('delivery.changes.together', {
                parts: shipped.map(partOf).join(', '),
              }),
            ]
          : []),
        ...[...alone, ...changes.filter(change => !isTogether(change))].map(
          change => say(change, component),
        ),
      ];
      return [...new Set(sentences)].join(' ');

      function partOf(change: DeliveryChange): string {
        switch (change.kind) {
          case 'released':
            return t('delivery.changes.part.released', {
              version: change.version,
            });
          case 'runs':
          case 'landed':
          case 'committed':
            return t(`delivery.changes.part.${change.kind}`, {
              version: change.version,
              environment: change.environment,
            });
          case 'migrated':
            return t('delivery.changes.part.migrated', {
              environment: change.environment,
              from: migrationLevel(change.from),
              to: migrationLevel(change.to),
            });
          default:
            return '';
        }
      }
    },
    [t, say],
  );
}

/** A merge is told with whose it was. */
function isTogether(change: DeliveryChange): boolean {
  const isMerged = 'mergedBy' in change && change.mergedBy !== undefined;
  return together.has(change.kind) && !isMerged;
}

function useChangeText(): (
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
        case 'committed':
          return t('delivery.changes.committed', {
            environment: change.environment,
            version: change.version,
          });
        case 'runs-again':
          return t('delivery.changes.runsAgain', {
            environment: change.environment,
            version: change.version,
            span: preciseSpan(change.downMs),
          });
        case 'landed':
          return change.mergedBy === undefined
            ? t('delivery.changes.landed', {
                environment: change.environment,
                version: change.version,
              })
            : t('delivery.changes.landedByMerge', {
                environment: change.environment,
                version: change.version,
                who: change.mergedBy,
              });
        case 'migrated':
          return t('delivery.changes.migrated', {
            environment: change.environment,
            from: migrationLevel(change.from),
            to: migrationLevel(change.to),
          });
        case 'restored':
          return t('delivery.changes.restored', {
            environment: change.environment,
            to: migrationLevel(change.to),
          });
        case 'matches-git':
          return t('delivery.changes.matchesGit', {
            environment: change.environment,
          });
        case 'current':
          return t('delivery.changes.current', {
            source:
              placeOfSource(change.source).environment || nameOf(change.source),
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
