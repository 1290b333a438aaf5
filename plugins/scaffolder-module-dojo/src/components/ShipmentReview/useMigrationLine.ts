import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isAlreadyDone, refusalsOf } from 'backstage-plugin-dojo-common';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import { useCallback } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { shortId } from '../MigrationPlanReview/shortId';

/** Says in one line what happens to the database: `Migrate dev database 0013 -> 0015 (2 migrations, all or nothing)`. */
export function useMigrationLine() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return useCallback(
    (environment: string, { plan }: MigrationResult): string => {
      const { decides, shows } = plan;
      const words = {
        environment,
        from: decides.from ? shortId(decides.from) : '',
        to: shows.to ? shortId(shows.to) : '',
        count: decides.migrations.length,
      };
      if (refusalsOf(shows.findings).length > 0) {
        return t('shipReview.migration.refused', words);
      }
      if (isAlreadyDone(plan)) return t('shipReview.migration.none', words);
      if (!shows.database) return t('shipReview.migration.create', words);
      return decides.migrations.length > 0
        ? t('shipReview.migration.migrate', words)
        : t('shipReview.migration.caches', words);
    },
    [t],
  );
}
