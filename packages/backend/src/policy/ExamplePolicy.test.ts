import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  dojoDeliveryLogsPermission,
  dojoDeliveryReadPermission,
  dojoDeploymentCreatePermission,
  dojoEnvironmentChangePermission,
  dojoMigrationRunPermission,
  dojoReleaseCreatePermission,
  dojoServiceCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import { ExamplePolicy } from './ExamplePolicy';

const groups = {
  guest: ['group:default/accounting'],
  owner: ['group:default/accounting'],
  developer: ['group:default/platform'],
  viewer: [],
} as const;
type Name = keyof typeof groups;

const user = (name: Name) =>
  ({
    info: {
      userEntityRef: `user:default/${name}`,
      ownershipEntityRefs: [`user:default/${name}`, ...groups[name]],
    },
  } as unknown as PolicyQueryUser);

/**
 * `owned` is: for the components of the user and of the user's groups; `own` is: for what the user began; `open` is: for
 * what is not confidential.
 */
async function decisionOf(permission: Permission, name: Name) {
  const decision = await new ExamplePolicy().handle({ permission }, user(name));
  if (decision.result !== AuthorizeResult.CONDITIONAL) return decision.result;
  const { pluginId, conditions } = decision;
  const { rule, params } = conditions as { rule: string; params: object };
  const refs = [`user:default/${name}`, ...groups[name]];
  if (JSON.stringify(conditions).includes('HAS_LABEL')) {
    expect(conditions).toMatchObject({
      not: { rule: 'HAS_LABEL', params: { label: 'confidential' } },
    });
    return 'open';
  }
  if (pluginId === 'catalog') {
    expect({ rule, params }).toEqual({
      rule: 'IS_ENTITY_OWNER',
      params: { claims: refs },
    });
    return 'owned';
  }
  expect({ pluginId, rule, params }).toEqual({
    pluginId: 'scaffolder',
    rule: 'IS_TASK_OWNER',
    params: { createdBy: [`user:default/${name}`] },
  });
  return 'own';
}

const table: readonly [Permission, string, string, string][] = [
  // permission, owner and guest, developer, viewer
  [dojoDeliveryReadPermission, 'ALLOW', 'ALLOW', 'ALLOW'],
  [dojoDeliveryLogsPermission, 'owned', 'ALLOW', 'owned'],
  [dojoReleaseCreatePermission, 'owned', 'owned', 'owned'],
  [dojoMigrationRunPermission, 'owned', 'owned', 'owned'],
  [dojoDeploymentCreatePermission, 'owned', 'ALLOW', 'owned'],
  [dojoEnvironmentChangePermission, 'ALLOW', 'ALLOW', 'DENY'],
  [dojoServiceCreatePermission, 'ALLOW', 'ALLOW', 'DENY'],
  [catalogEntityReadPermission, 'ALLOW', 'ALLOW', 'open'],
  [catalogEntityDeletePermission, 'owned', 'owned', 'owned'],
  [templateParameterReadPermission, 'ALLOW', 'ALLOW', 'ALLOW'],
  [templateStepReadPermission, 'ALLOW', 'ALLOW', 'ALLOW'],
  [taskReadPermission, 'ALLOW', 'ALLOW', 'ALLOW'],
  [taskCreatePermission, 'ALLOW', 'ALLOW', 'DENY'],
  [taskCancelPermission, 'own', 'ALLOW', 'own'],
];

describe('ExamplePolicy', () => {
  it.each(
    table.map(([permission, ...decisions]) => ({
      name: permission.name,
      permission,
      decisions,
    })),
  )('decides $name', async ({ permission, decisions }) => {
    const [owner, developer, viewer] = decisions;
    expect({
      guest: await decisionOf(permission, 'guest'),
      owner: await decisionOf(permission, 'owner'),
      developer: await decisionOf(permission, 'developer'),
      viewer: await decisionOf(permission, 'viewer'),
    }).toEqual({ guest: owner, owner, developer, viewer });
  });

  it('denies everything to whoever is not signed in', async () => {
    const query = { permission: dojoDeliveryReadPermission };
    expect(await new ExamplePolicy().handle(query)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });
});
