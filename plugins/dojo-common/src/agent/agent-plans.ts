import { z } from 'zod/v3';
import { deploymentModeSchema } from '../deployment/deployment-request';
import { migrationFindingSchema } from '../migration/migration-finding';
import { plannedEffectSchema } from '../planned-effect';
import { planHashSchema } from '../plan-hash';

/** What an agent may read of one SQL file; longer ones are cut. Characters. */
export const maxAgentSql = 2_000;
/** What an agent may read of a difference; longer ones are cut. Characters. */
export const maxAgentDiff = 8_000;

const component = z
  .string()
  .min(1)
  .max(200)
  .describe('Entity ref of the component, such as component:default/ledger');
const environment = z
  .string()
  .min(1)
  .max(100)
  .describe('Name of the environment, as list-environments gives it');

/** Input of the action `plan-release`. */
export const planReleaseInputSchema = z
  .object({
    component,
    branch: z
      .string()
      .min(1)
      .max(250)
      .optional()
      .describe('A maintenance branch; default: the release branch'),
    bump: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe(
        'auto, major, minor, patch, prerelease, or a version; default: auto',
      ),
  })
  .strict();

/** Input of the action `plan-migration`. */
export const planMigrationInputSchema = z
  .object({
    component,
    environment,
    operation: z
      .enum(['migrate', 'rebuild-caches', 'restore'])
      .optional()
      .describe('Default: migrate'),
    version: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Release whose migrations are run; default: the newest'),
    backup: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Of a restore: id of the backup; default: latest'),
  })
  .strict();

/** Input of the action `plan-deployment`: exactly one of version, promoteFrom and rollbackTo. */
export const planDeploymentInputSchema = z
  .object({
    component,
    environment,
    version: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Tag of the version, such as v0.4.0'),
    promoteFrom: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Environment whose version is taken over'),
    rollbackTo: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('A version that ran there, or previous'),
  })
  .strict();

const planned = {
  /** What a start needs: with it, what was planned is what runs. */
  planHash: planHashSchema,
  outcome: z.string(),
  /** One sentence: what will happen, or why nothing does. */
  sentence: z.string(),
  effects: z.array(plannedEffectSchema),
  warnings: z.array(z.string()),
  /** The page where a person sees the same plan. */
  reviewUrl: z.string(),
};

/** Output of the action `plan-release`. */
export const agentReleasePlanSchema = z.object({
  ...planned,
  version: z.string().optional(),
  previousVersion: z.string().optional(),
  /** Subjects of the commits that break. */
  breaking: z.array(z.string()),
  notes: z.string(),
});
export type AgentReleasePlan = z.infer<typeof agentReleasePlanSchema>;

/** Output of the action `plan-migration`. */
export const agentMigrationPlanSchema = z.object({
  ...planned,
  from: z.string().optional(),
  to: z.string().optional(),
  pending: z.array(
    z.object({
      id: z.string(),
      sql: z.string(),
      /** Set where the SQL is longer than what is shown. */
      cut: z.literal(true).optional(),
      breaking: z.boolean(),
    }),
  ),
  findings: z.array(migrationFindingSchema),
  backups: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      level: z.string().optional(),
      bytes: z.number(),
    }),
  ),
  /** What a restore takes away, a sentence each. */
  loses: z.array(z.string()),
});
export type AgentMigrationPlan = z.infer<typeof agentMigrationPlanSchema>;

/** Output of the action `plan-deployment`. */
export const agentDeploymentPlanSchema = z.object({
  ...planned,
  version: z.string().optional(),
  /** Unified difference of the overlay. */
  diff: z.string(),
  /** Set where the difference is longer than what is shown. */
  cut: z.literal(true).optional(),
  /** A rule that holds it back now; a start is refused with it. */
  blocked: z
    .object({
      code: z.string(),
      sentence: z.string(),
      until: z.string().optional(),
    })
    .optional(),
  /** `merge`: somebody else than who asks lands it. */
  landsBy: z.enum(['apply', 'commit', 'merge']),
});
export type AgentDeploymentPlan = z.infer<typeof agentDeploymentPlanSchema>;

/** How a change lands, as an agent is told it. */
export function landsBy(
  mode: z.infer<typeof deploymentModeSchema>,
): AgentDeploymentPlan['landsBy'] {
  return mode === 'pull-request' ? 'merge' : mode;
}
