import { RiDatabase2Line } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoMigrationRunPermission } from 'backstage-plugin-dojo-common/permissions';
import { makeTemplateMenuItem } from './templateMenuItem';

/** "Migrate" in the menu of a component that says where its migrations are; needs `dojo.migration.run`. */
export const migrateMenuItem = makeTemplateMenuItem({
  name: 'migrate',
  title: 'migrateMenuItem.title',
  icon: <RiDatabase2Line size={16} />,
  template: 'default/migrate',
  permission: dojoMigrationRunPermission,
  annotation: dojoAnnotations.migrations,
});
