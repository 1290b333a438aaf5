import { z } from 'zod/v3';
import { instantSchema } from './delivery-parts';

const count = z.number().int().nonnegative();
const milliseconds = z.number().nonnegative();

/** The question of `GET …/delivery/measures`. */
export const deliveryMeasuresQuerySchema = z
  .object({
    environment: z.string().max(100).optional(),
    days: z
      .union([z.literal('30'), z.literal('90'), z.literal(30), z.literal(90)])
      .default(30),
  })
  .strict();
export type DeliveryMeasuresQuery = z.input<typeof deliveryMeasuresQuerySchema>;

/** Why a deployment counts as failed. */
export const failureReasonSchema = z.enum([
  'rollout-failed',
  'rolled-back',
  'rejected',
  'hotfix',
]);
export type FailureReason = z.infer<typeof failureReasonSchema>;

/** The four measures of one environment. */
export const environmentMeasuresSchema = z.object({
  environment: z.string(),
  days: z.union([z.literal(30), z.literal(90)]),
  /** Later than the window's begin where history is shorter. */
  from: instantSchema,
  to: instantSchema,
  asOf: instantSchema,
  deployments: z.object({
    count,
    /** A day in UTC each. */
    perDay: z.array(count),
    rollbacks: count,
    configuration: count,
  }),
  leadTime: z.object({
    medianMs: milliseconds.optional(),
    p90Ms: milliseconds.optional(),
    commits: count,
    perWeek: z.array(
      z.object({ from: instantSchema, medianMs: milliseconds.optional() }),
    ),
  }),
  failures: z.object({
    failed: count,
    of: count,
    /** `id` is that of the history's entry. */
    list: z.array(z.object({ id: z.string(), reason: failureReasonSchema })),
  }),
  recovery: z.object({
    medianMs: milliseconds.optional(),
    count,
    /** Ids of those that have not ended. */
    open: z.array(z.string()),
  }),
  excluded: z.object({
    first: count,
    notObserved: count,
    superseded: count,
    rangeUnknown: count,
    skewed: count,
  }),
  /** Each figure's rule in one sentence. */
  rules: z.object({
    deployments: z.string(),
    leadTime: z.string(),
    failures: z.string(),
    recovery: z.string(),
  }),
});
/** @public */
export type EnvironmentMeasures = z.infer<typeof environmentMeasuresSchema>;

/** The answer of `GET …/delivery/measures`: of each environment that is measured, never summed. */
export const deliveryMeasuresSchema = z.object({
  environments: z.array(environmentMeasuresSchema),
});
/** @public */
export type DeliveryMeasures = z.infer<typeof deliveryMeasuresSchema>;
