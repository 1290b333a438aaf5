import { refusalsOf } from 'backstage-plugin-dojo-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  MigrationPlan,
  MigrationPlanBody,
  MigrationResult,
} from 'backstage-plugin-dojo-common';
import { clockTime } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { componentName } from '../componentName';
import { shortId } from './shortId';

/** Says in one line what a plan does: `Migrate ledger on dev to 0.4.0 (0013 -> 0015)`. */
export function useMigrationTitle() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    { component, environment }: MigrationPlanBody,
    { plan, version }: MigrationResult,
  ): string => {
    const { kind, decides, shows } = plan;
    const level = (id: string | undefined) =>
      id ? shortId(id) : t('migrationReview.noMigration');
    const words = {
      name: componentName(component),
      environment,
      from: level(decides.from),
      to: level(shows.to),
      version: version ?? '',
      time: timeOfBackup(plan),
    };
    switch (kind) {
      case 'already-migrated':
      case 'already-restored':
        return refusalsOf(plan.shows.findings).length > 0
          ? t('migrationReview.title.refused', words)
          : t('migrationReview.title.nothing', words);
      case 'rebuild-caches':
        return version
          ? t('migrationReview.title.rebuildCachesOf', words)
          : t('migrationReview.title.rebuildCaches', words);
      case 'restore':
        return t('migrationReview.title.restore', words);
      default: {
        if (!shows.database) {
          return version
            ? t('migrationReview.title.createFor', words)
            : t('migrationReview.title.create', words);
        }
        return version
          ? t('migrationReview.title.migrateTo', words)
          : t('migrationReview.title.migrate', words);
      }
    }
  };
}

/** When the backup was made that is put back; its id, where the plan does not list it. */
function timeOfBackup({ decides, shows }: MigrationPlan): string {
  const backup = shows.backups.find(({ id }) => id === decides.backup);
  return backup ? clockTime(backup.at) : decides.backup ?? '';
}
