import { z } from 'zod/v3';
import {
  entityRefSchema,
  healthKindSchema,
  instantSchema,
  sourceSchema,
} from './delivery-parts';

/** What rows can be filtered by, and counted. */
export const deliveryFlagSchema = z.enum([
  'drifted',
  'pending',
  'waiting',
  'behind',
  'unreleased',
  'unfinished',
  'late',
]);
export type DeliveryFlag = z.infer<typeof deliveryFlagSchema>;

/** The question of `GET /api/dojo/deliveries`. */
export const deliveriesQuerySchema = z
  .object({
    limit: z.coerce.number().int().min(1).max(100).default(50),
    cursor: z.string().max(1000).optional(),
    /** Name, title, version, or a prefix of a digest or SHA. */
    q: z.string().max(200).optional(),
    owned: z.union([z.literal('true'), z.literal(true)]).optional(),
    owner: z.string().max(200).optional(),
    system: z.string().max(200).optional(),
    environment: z.string().max(100).optional(),
    state: healthKindSchema.optional(),
    flag: deliveryFlagSchema.optional(),
    sort: z
      .enum(['attention', 'name', 'released', 'deployed'])
      .default('attention'),
    order: z.enum(['asc', 'desc']).optional(),
  })
  .strict();
export type DeliveriesQuery = z.input<typeof deliveriesQuerySchema>;

/** One environment of a row. */
export const deliveryCellSchema = z.object({
  name: z.string(),
  /** What runs there where that is known, else what git wants. */
  version: z.string().optional(),
  health: healthKindSchema,
  pending: z.boolean(),
  drift: z.boolean(),
  waiting: z.boolean(),
  at: instantSchema.optional(),
});
export type DeliveryCell = z.infer<typeof deliveryCellSchema>;

/** One component of the list. */
export const deliveryRowSchema = z.object({
  component: entityRefSchema,
  title: z.string(),
  owner: entityRefSchema.optional(),
  latest: z.object({ version: z.string(), at: instantSchema }).optional(),
  unreleased: z
    .object({
      count: z.number().int().nonnegative(),
      next: z.string().optional(),
    })
    .optional(),
  environments: z.array(deliveryCellSchema),
  attention: z
    .object({
      rank: z.number().int().min(1).max(8),
      sentence: z.string(),
      environment: z.string().optional(),
    })
    .optional(),
  asOf: instantSchema.optional(),
});
/** @public */
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;

const countSchema = z.number().int().nonnegative();

/** The answer of `GET /api/dojo/deliveries`; `total` and `counts` are of what the caller may read. */
export const deliveriesSchema = z.object({
  generation: z.string(),
  now: instantSchema,
  rows: z.array(deliveryRowSchema),
  next: z.string().optional(),
  total: countSchema,
  counts: z.object({
    attention: countSchema,
    drifted: countSchema,
    pending: countSchema,
    waiting: countSchema,
    behind: countSchema,
    unreleased: countSchema,
    unfinished: countSchema,
    late: countSchema,
  }),
  sources: z.array(sourceSchema),
  /** Whether the caller owns any component; the first view is `owned` where so. */
  ownsAny: z.boolean(),
});
/** @public */
export type Deliveries = z.infer<typeof deliveriesSchema>;
