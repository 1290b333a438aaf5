import { refusalsOf } from 'backstage-plugin-dojo-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MigrationPlan,
  MigrationPlanBody,
} from 'backstage-plugin-dojo-common';
import { scaffolderDojoTranslationRef } from '../../translation';
import { componentName } from '../componentName';
import { shortId } from './shortId';

/** Says in one line what a plan does: `Migrate ledger on dev from 0013 to 0015`. */
export function useMigrationTitle() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    { component, environment }: MigrationPlanBody,
    plan: MigrationPlan,
  ): string => {
    const { kind, decides, shows } = plan;
    const words = {
      name: componentName(component),
      environment,
      from: shortId(decides.from ?? ''),
      to: shows.to ? shortId(shows.to) : t('migrationReview.noMigration'),
    };
    switch (kind) {
      case 'already-migrated':
      case 'already-restored':
        return refusalsOf(plan.shows.findings).length > 0
          ? t('migrationReview.title.refused', words)
          : t('migrationReview.title.nothing', words);
      case 'rebuild-caches':
        return t('migrationReview.title.rebuildCaches', words);
      case 'restore':
        return t('migrationReview.title.restore', words);
      default: {
        if (!shows.database) return t('migrationReview.title.create', words);
        return decides.from
          ? t('migrationReview.title.migrate', words)
          : t('migrationReview.title.first', words);
      }
    }
  };
}
