import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  isReadPermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { taskCancelPermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  dojoDeliveryLogsPermission,
  dojoDeploymentCreatePermission,
  dojoMigrationRunPermission,
  dojoReleaseCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';

type EntityPermission = ResourcePermission<'catalog-entity'>;

/** Deploys and merges whatever the component; its migrations and releases stay its owner's. */
export const PLATFORM = 'group:default/platform';

/** Label of what is not there for who is in no group. */
export const CONFIDENTIAL = 'confidential';

const ofOwners: readonly EntityPermission[] = [
  dojoReleaseCreatePermission,
  dojoMigrationRunPermission,
  catalogEntityDeletePermission,
];

const ofOwnersAndPlatform: readonly EntityPermission[] = [
  dojoDeploymentCreatePermission,
  dojoDeliveryLogsPermission,
];

const allow = { result: AuthorizeResult.ALLOW } as const;
const deny = { result: AuthorizeResult.DENY } as const;

/**
 * Who may what, as an example to begin from (docs/reference/permissions.md has it as a table): everybody who is signed
 * in sees everything but log lines, and what is labelled `confidential` where they are in a group; whoever is in a group
 * may make something new; a component is changed by its owner,
 * and deployed by the platform's group too. That production lands by another person is no permission: the portal
 * refuses the merge of one's own request wherever an environment asks for an approval.
 */
export class ExamplePolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return deny;
    const claims = user.info.ownershipEntityRefs;
    const isPlatform = claims.includes(PLATFORM);
    const deploys = ofOwnersAndPlatform.find(each =>
      isPermission(permission, each),
    );
    if (deploys && isPlatform) return allow;
    const owned =
      deploys ?? ofOwners.find(each => isPermission(permission, each));
    if (owned) {
      return createCatalogConditionalDecision(
        owned,
        catalogConditions.isEntityOwner({ claims }),
      );
    }
    if (isPermission(permission, catalogEntityReadPermission)) {
      return isInGroup(claims)
        ? allow
        : createCatalogConditionalDecision(permission, {
            not: catalogConditions.hasLabel({ label: CONFIDENTIAL }),
          });
    }
    if (isPermission(permission, taskCancelPermission) && !isPlatform) {
      return createScaffolderTaskConditionalDecision(
        permission,
        scaffolderTaskConditions.isTaskOwner({
          createdBy: [user.info.userEntityRef],
        }),
      );
    }
    // Also of an environment: what may be changed there is asked of the component beside it.
    return isReadPermission(permission) || isInGroup(claims) ? allow : deny;
  }
}

function isInGroup(claims: readonly string[]): boolean {
  return claims.some(ref => ref.startsWith('group:'));
}
