import {
  dojoDeliveryReadPermission,
  dojoEnvironmentChangePermission,
  dojoMigrationRunPermission,
} from 'backstage-plugin-dojo-common/permissions';
import type { PermissionCheck } from '../access/Access';
import type { MigrationMode } from './toMigrationChildRequest';

/**
 * Who may look at what a migration would do, and who may do it. A rehearsal keeps writers out of the database and costs a
 * copy of it: it changes the environment while it lasts.
 */
export function migrationChecks(
  mode: MigrationMode,
  of: { readonly component: string; readonly environment: string },
): PermissionCheck[] {
  const { component, environment } = of;
  if (mode === 'plan') {
    return [{ permission: dojoDeliveryReadPermission, resourceRef: component }];
  }
  return [
    { permission: dojoMigrationRunPermission, resourceRef: component },
    { permission: dojoEnvironmentChangePermission, resourceRef: environment },
  ];
}
