import type { DeploymentChildRequest } from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoDeploymentCreatePermission,
  dojoEnvironmentChangePermission,
} from 'backstage-plugin-dojo-common/permissions';
import type { PermissionCheck } from '../access/Access';
import type { EnvironmentConfig } from '../config/readDojoConfig';

/** What is configured for an environment, as a child is told it. */
export function deploymentPolicy({
  namespace,
  mode,
  approval,
  promotesFrom,
  promotedOnly,
  freeze = [],
  sync,
}: EnvironmentConfig): DeploymentChildRequest['policy'] {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(mode !== undefined && { mode }),
    ...(approval !== undefined && { approval }),
    ...(promotesFrom !== undefined && { promotesFrom }),
    ...(promotedOnly !== undefined && { promotedOnly }),
    freeze: [...freeze],
    ...(sync !== undefined && { sync }),
  };
}

/** Who may look at what a component would become in an environment, and who may make it so. */
export function deploymentChecks(
  mode: DeploymentChildRequest['mode'],
  of: { readonly component: string; readonly environment: string },
): PermissionCheck[] {
  const { component, environment } = of;
  if (mode === 'plan') {
    return [{ permission: dojoDeliveryReadPermission, resourceRef: component }];
  }
  return [
    { permission: dojoDeploymentCreatePermission, resourceRef: component },
    { permission: dojoEnvironmentChangePermission, resourceRef: environment },
  ];
}
