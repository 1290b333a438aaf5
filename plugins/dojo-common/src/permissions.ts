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

/** All permissions of the suite, for the backend to register. @public */
export const dojoPermissions = [
  dojoDeliveryReadPermission,
  dojoReleaseCreatePermission,
];
