import { RiShipLine } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoReleaseCreatePermission } from 'backstage-plugin-dojo-common/permissions';
import { makeTemplateMenuItem } from './templateMenuItem';

/** "Ship…" in the menu of a component whose repository is known; needs `dojo.release.create`, as its first step does. */
export const shipMenuItem = makeTemplateMenuItem({
  name: 'ship',
  title: 'shipMenuItem.title',
  icon: <RiShipLine size={16} />,
  template: 'default/ship',
  permission: dojoReleaseCreatePermission,
  annotation: dojoAnnotations.repository,
});
