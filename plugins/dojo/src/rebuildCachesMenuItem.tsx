import { RiRefreshLine } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoMigrationRunPermission } from 'backstage-plugin-dojo-common/permissions';
import { makeTemplateMenuItem } from './templateMenuItem';

/** "Rebuild caches" in the menu of a component that says where its migrations are; needs `dojo.migration.run`. */
export const rebuildCachesMenuItem = makeTemplateMenuItem({
  name: 'rebuild-caches',
  title: 'rebuildCachesMenuItem.title',
  icon: <RiRefreshLine size={16} />,
  template: 'default/rebuild-caches',
  permission: dojoMigrationRunPermission,
  annotation: dojoAnnotations.migrations,
});
