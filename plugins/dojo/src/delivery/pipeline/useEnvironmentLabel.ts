import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type DeliveryEnvironment,
  mainFactOf,
  wantedBesides,
} from 'backstage-plugin-dojo-common';
import { dojoReactTranslationRef } from 'backstage-plugin-dojo-react';
import { useCallback } from 'react';
import { dojoTranslationRef } from '../../translation';

/** Says an environment in a few words for who listens: `staging: down, wanted 0.4.1, nothing running`. */
export function useEnvironmentLabel(): (
  environment: DeliveryEnvironment,
) => string {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { t: word } = useTranslationRef(dojoReactTranslationRef);
  return useCallback(
    environment => {
      const { name, title, health, waiting, drift, frozen } = environment;
      const wanted = wantedBesides(environment);
      const facts = [
        word(`healthMark.${health.kind}`),
        wanted && t('delivery.label.wanted', { version: wanted }),
        runs(environment),
        waiting && word('healthMark.waiting'),
        drift.kind === 'drifted' && word('healthMark.drifted'),
        frozen && word('healthMark.frozen'),
      ];
      return `${title ?? name}: ${facts
        .filter(Boolean)
        .join(', ')
        .toLocaleLowerCase()}`;

      function runs(of: DeliveryEnvironment): string | undefined {
        const main = mainFactOf(of);
        switch (main.kind) {
          case 'versions': {
            const version = main.versions.join(t('delivery.environment.and'));
            return of.running.kind === 'not-observed'
              ? t('delivery.label.landed', { version })
              : t('delivery.label.running', { version });
          }
          case 'nothing':
            return t('delivery.label.nothingRunning');
          default:
            return undefined;
        }
      }
    },
    [t, word],
  );
}
