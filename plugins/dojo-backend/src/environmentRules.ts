import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import type { Environment } from 'backstage-plugin-dojo-common';
import { RESOURCE_TYPE_DOJO_ENVIRONMENT } from 'backstage-plugin-dojo-common/permissions';
import { z } from 'zod/v3';

/** Environments as the permission framework knows them. */
export const environmentResourceRef = createPermissionResourceRef<
  Environment,
  { readonly names: readonly string[] }
>().with({ pluginId: 'dojo', resourceType: RESOURCE_TYPE_DOJO_ENVIRONMENT });

const isNamed = createPermissionRule({
  name: 'IS_NAMED',
  description: 'Allow environments of these names',
  resourceRef: environmentResourceRef,
  paramsSchema: z.object({
    names: z
      .array(z.string())
      .describe('Names of environments, as in dojo.environments'),
  }),
  apply: (environment, { names }) => names.includes(environment.name),
  toQuery: ({ names }) => ({ names }),
});

/** The rules that policies decide with; `isNamed` is `IS_NAMED`. */
export const environmentRules = { isNamed };

const exported = createConditionExports({
  resourceRef: environmentResourceRef,
  rules: environmentRules,
});

/** Conditions on an environment, for a permission policy: `dojoEnvironmentConditions.isNamed({ names: ['dev'] })`. @public */
export const dojoEnvironmentConditions = exported.conditions;

/** What a permission policy answers with such conditions. @public */
export const createDojoEnvironmentConditionalDecision =
  exported.createConditionalDecision;
