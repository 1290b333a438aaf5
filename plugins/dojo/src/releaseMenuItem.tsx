import { RiRocketLine } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoReleaseCreatePermission } from 'backstage-plugin-dojo-common/permissions';
import { makeTemplateMenuItem } from './templateMenuItem';

/** "Release" in the menu of a component whose repository is known; needs `dojo.release.create`. */
export const releaseMenuItem = makeTemplateMenuItem({
  name: 'release',
  title: 'releaseMenuItem.title',
  icon: <RiRocketLine size={16} />,
  template: 'default/release',
  permission: dojoReleaseCreatePermission,
  annotation: dojoAnnotations.repository,
});
