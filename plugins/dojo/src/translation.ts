import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { deliveryMessages } from './delivery/deliveryMessages';
import { deliveriesMessages } from './deliveries/deliveriesMessages';
import { iconLinkMessages } from './iconLinks/iconLinkMessages';
import { overviewCardMessages } from './overview/overviewCardMessages';

/** Texts of the plugin; override them with a `TranslationBlueprint`. @public */
export const dojoTranslationRef = createTranslationRef({
  id: 'plugin.dojo',
  messages: {
    delivery: deliveryMessages,
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
    deliveries: deliveriesMessages,
    overviewCard: overviewCardMessages,
    iconLinks: iconLinkMessages,
  },
});
