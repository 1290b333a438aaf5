import { createPermission } from '@backstage/plugin-permission-common';

// The resource type of catalog entities; its own package would pull the catalog into every reader of this file.
const RESOURCE_TYPE_CATALOG_ENTITY = 'catalog-entity';

/** Reads plans and status of a component. @public */
export const dojoDeliveryReadPermission = createPermission({
  name: 'dojo.delivery.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Releases a component. @public */
export const dojoReleaseCreatePermission = createPermission({
  name: 'dojo.release.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Migrates, restores or rehearses the database of a component. @public */
export const dojoMigrationRunPermission = createPermission({
  name: 'dojo.migration.run',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Deploys a component. @public */
export const dojoDeploymentCreatePermission = createPermission({
  name: 'dojo.deployment.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Resource type of the environments; a resource's ref is the environment's name. @public */
export const RESOURCE_TYPE_DOJO_ENVIRONMENT = 'dojo-environment';

/** Changes what runs in an environment, whatever the component: needed beside the component's own permission. @public */
export const dojoEnvironmentChangePermission = createPermission({
  name: 'dojo.environment.change',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_DOJO_ENVIRONMENT,
});

/** Makes a new service: its repository, its component and its overlays. No component is there yet to ask about. @public */
export const dojoServiceCreatePermission = createPermission({
  name: 'dojo.service.create',
  attributes: { action: 'create' },
});

/** Reads log lines of a component's pods. @public */
export const dojoDeliveryLogsPermission = createPermission({
  name: 'dojo.delivery.logs',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** All permissions on components, for the backend to register; those on environments go with their resource type. @public */
export const dojoPermissions = [
  dojoDeliveryReadPermission,
  dojoDeliveryLogsPermission,
  dojoReleaseCreatePermission,
  dojoMigrationRunPermission,
  dojoDeploymentCreatePermission,
];
