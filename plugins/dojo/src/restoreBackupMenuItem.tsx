import { RiHistoryLine } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoMigrationRunPermission } from 'backstage-plugin-dojo-common/permissions';
import { makeTemplateMenuItem } from './templateMenuItem';

/** "Restore a backup" in the menu of a component that says where its migrations are; needs `dojo.migration.run`. */
export const restoreBackupMenuItem = makeTemplateMenuItem({
  name: 'restore-backup',
  title: 'restoreBackupMenuItem.title',
  icon: <RiHistoryLine size={16} />,
  template: 'default/restore-backup',
  permission: dojoMigrationRunPermission,
  annotation: dojoAnnotations.migrations,
});
