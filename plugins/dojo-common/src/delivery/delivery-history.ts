import { z } from 'zod/v3';
import {
  imageDigestSchema,
  instantSchema,
  personSchema,
  shaSchema,
} from './delivery-parts';

/** How a rollout ended. */
export const rolloutOutcomeSchema = z.object({
  kind: z.enum(['healthy', 'failed', 'superseded', 'waiting', 'not-observed']),
  /** When it ended; with `healthy` and `failed`. */
  at: instantSchema.optional(),
  code: z.string().optional(),
  sentence: z.string().optional(),
});
export type RolloutOutcome = z.infer<typeof rolloutOutcomeSchema>;

const common = {
  /** The natural key, so that an entry read twice is one. */
  id: z.string(),
  at: instantSchema,
  by: personSchema.optional(),
  /** Id of the task that did it. */
  run: z.string().optional(),
  /** An agent started that task, with the rights of the person. */
  via: z.literal('agent').optional(),
  sentence: z.string(),
};

export const historyEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('release'),
    version: z.string(),
    tag: z.string(),
    sha: shaSchema,
    digest: imageDigestSchema.optional(),
    counting: z.number().int().nonnegative(),
    breaking: z.boolean(),
    previous: z.string().optional(),
    url: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('deployment'),
    environment: z.string(),
    version: z.string().optional(),
    previous: z.string().optional(),
    change: z.enum([
      'first',
      'version',
      'rollback',
      'configuration',
      'removed',
    ]),
    digest: imageDigestSchema.optional(),
    requestedBy: personSchema.optional(),
    mergedBy: personSchema.optional(),
    /** Whoever asked for it landed it, where somebody else should have. */
    sameHand: z.literal(true).optional(),
    outcome: rolloutOutcomeSchema,
    /** Of the plan that was carried out, where its message names it. */
    planHash: z.string().optional(),
    afterMs: z.number().nonnegative().optional(),
    url: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('migration'),
    environment: z.string(),
    from: z.string().optional(),
    to: z.string(),
    applied: z.array(z.string()),
    durationMs: z.number().nonnegative().optional(),
    downtimeMs: z.number().nonnegative().optional(),
    backup: z.string().optional(),
    /** A restore took it away again. */
    undone: z.literal(true).optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('restore'),
    environment: z.string(),
    backup: z.string(),
    from: z.string().optional(),
    to: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('rejection'),
    version: z.string(),
    reason: z.string(),
  }),
  z.object({
    ...common,
    kind: z.literal('failure'),
    verb: z.enum(['release', 'migration', 'deployment', 'shipment', 'service']),
    environment: z.string().optional(),
    error: z.object({ code: z.string().optional(), message: z.string() }),
  }),
]);
/** @public */
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** The question of `GET …/delivery/history`. */
export const deliveryHistoryQuerySchema = z
  .object({
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: z.string().max(500).optional(),
    kind: z
      .enum([
        'release',
        'deployment',
        'migration',
        'restore',
        'rejection',
        'failure',
      ])
      .optional(),
    environment: z.string().max(100).optional(),
    version: z.string().max(100).optional(),
  })
  .strict();
export type DeliveryHistoryQuery = z.input<typeof deliveryHistoryQuerySchema>;

/** The answer of `GET …/delivery/history`: newest first. */
export const deliveryHistorySchema = z.object({
  entries: z.array(historyEntrySchema),
  next: z.string().optional(),
  /** Where what is older can be seen; with the last page only. */
  olderUrl: z.string().optional(),
});
/** @public */
export type DeliveryHistory = z.infer<typeof deliveryHistorySchema>;
