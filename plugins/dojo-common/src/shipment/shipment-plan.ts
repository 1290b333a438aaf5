import { z } from 'zod/v3';
import { deploymentResultSchema } from '../deployment/deployment-result';
import { migrationResultSchema } from '../migration/migration-result';
import { planHashSchema } from '../plan-hash';
import { releaseChoicesSchema } from '../release/release-request';
import { releaseResultSchema } from '../release/release-result';

/** A part of a shipment: its plan, or one sentence that says why there is none. */
const partSchema = <TResult extends z.ZodTypeAny>(result: TResult) =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('planned'), result }),
    z.object({ kind: z.literal('none'), reason: z.string() }),
  ]);

/**
 * The plans of a shipment: a release, the migration of an environment's database to it, and its deployment there. Those
 * that come after the release are plans of what it will make (docs/adr/0010-shipping-in-one-review.md).
 */
export const shipmentPlanSchema = z.object({
  /** Complete entity ref. */
  component: z.string(),
  environment: z.string(),
  /** What is shipped: the version that is released, or the newest one; absent: there is none. */
  version: z.string().optional(),
  tag: z.string().optional(),
  release: releaseResultSchema,
  migration: partSchema(migrationResultSchema),
  deployment: partSchema(deploymentResultSchema),
});
export type ShipmentPlan = z.infer<typeof shipmentPlanSchema>;

/** Body of `POST /api/dojo/plans/shipment`: component by entity ref, environment by name, and the choices of the release. */
export const shipmentPlanBodySchema = releaseChoicesSchema
  .extend({ component: z.string().min(1), environment: z.string().min(1) })
  .strict();
export type ShipmentPlanBody = z.input<typeof shipmentPlanBodySchema>;

/** The identities of the plans that were reviewed together. */
export const reviewedShipmentSchema = z
  .object({
    base: z
      .string()
      .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, 'must be the id of a commit')
      .describe('Commit that the release was planned on'),
    release: planHashSchema.describe('planHash of the release'),
    afterRelease: planHashSchema
      .optional()
      .describe(
        'planHash of the release where it makes the version; absent: the version was there',
      ),
    migration: planHashSchema
      .optional()
      .describe('planHash of the migration; absent: none was planned'),
    deployment: planHashSchema
      .optional()
      .describe('planHash of the deployment; absent: none was planned'),
    overlay: z
      .string()
      .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, 'must be the id of a commit')
      .optional()
      .describe('Commit that had last changed the overlay; absent: none had'),
  })
  .strict();
/** @public */
export type ReviewedShipment = z.output<typeof reviewedShipmentSchema>;
