import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Texts of the plugin; override them with a `TranslationBlueprint`. @public */
export const dojoTranslationRef = createTranslationRef({
  id: 'plugin.dojo',
  messages: {
    shipMenuItem: {
      title: 'Ship…',
    },
    releaseMenuItem: {
      title: 'Release',
    },
    migrateMenuItem: {
      title: 'Migrate',
    },
    deployMenuItem: {
      title: 'Deploy',
    },
    restoreBackupMenuItem: {
      title: 'Restore a backup',
    },
    rebuildCachesMenuItem: {
      title: 'Rebuild caches',
    },
  },
});
