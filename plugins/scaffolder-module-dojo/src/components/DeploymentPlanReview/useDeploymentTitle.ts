import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentPlan,
  DeploymentPlanBody,
} from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { bareName, isBelow } from './versionOrder';
import { versionName } from './versionName';

/** Says in one line what a plan does: `Deploy ledger v0.3.0 to dev (from v0.2.0)`. */
export function useDeploymentTitle() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return useCallback(
    (
      {
        promoteFrom,
        restore,
      }: Pick<DeploymentPlanBody, 'promoteFrom' | 'restore'>,
      { kind, decides, shows }: DeploymentPlan,
    ): string => {
      const { from } = shows;
      const words = {
        name: decides.component,
        environment: decides.environment,
        version: decides.version ? versionName(decides.version) : '',
        from: from ? versionName(from) : '',
        source: promoteFrom ?? '',
      };
      const bare = {
        ...words,
        version: bareName(words.version),
        from: bareName(words.from),
      };
      if (kind !== 'deploy') return t('deploymentReview.title.nothing', words);
      if (decides.version === undefined) {
        return t('deploymentReview.title.prepare', words);
      }
      if (from?.commit === decides.version.commit) {
        return t('deploymentReview.title.change', words);
      }
      if (decides.intent === 'rollback') {
        return t('deploymentReview.title.rollback', bare);
      }
      const first = from === undefined;
      if (first && restore) return t('deploymentReview.title.restore', bare);
      if (decides.intent === 'promotion') {
        return first
          ? t('deploymentReview.title.promoteFirst', bare)
          : t('deploymentReview.title.promote', bare);
      }
      if (!first && isBelow(words.version, words.from)) {
        return t('deploymentReview.title.below', bare);
      }
      return first
        ? t('deploymentReview.title.first', words)
        : t('deploymentReview.title.deploy', words);
    },
    [t],
  );
}
