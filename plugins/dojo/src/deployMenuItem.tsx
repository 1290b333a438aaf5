import { RiShip2Line } from '@remixicon/react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { dojoDeploymentCreatePermission } from 'backstage-plugin-dojo-common/permissions';
import { makeTemplateMenuItem } from './templateMenuItem';

/** "Deploy" in the menu of a component whose repository is known; needs `dojo.deployment.create`. */
export const deployMenuItem = makeTemplateMenuItem({
  name: 'deploy',
  title: 'deployMenuItem.title',
  icon: <RiShip2Line size={16} />,
  template: 'default/deploy',
  permission: dojoDeploymentCreatePermission,
  annotation: dojoAnnotations.repository,
});
