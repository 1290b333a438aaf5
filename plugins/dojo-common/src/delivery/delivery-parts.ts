import { z } from 'zod/v3';

/** Parts that the answers about deliveries share (`GET /api/dojo/components/…/delivery` and its neighbours). */

/** ISO 8601 in UTC. */
export const instantSchema = z.string().datetime();
/** 40 hex digits. */
export const shaSchema = z.string().regex(/^[0-9a-f]{40}$/);
export const imageDigestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);
/** `component:default/ledger` */
export const entityRefSchema = z.string().min(3);

/** Somebody, by the catalog's ref where it is known; never an e-mail address. */
export const personSchema = z.object({
  ref: entityRefSchema.optional(),
  name: z.string(),
});
export type DeliveryPerson = z.infer<typeof personSchema>;

/** A sentence that a page can translate: its code with the values in it, and the English words beside them. */
export const sentenceSchema = z.object({
  code: z.string(),
  values: z.record(z.union([z.string(), z.number()])),
  sentence: z.string(),
});
export type DeliverySentence = z.infer<typeof sentenceSchema>;

/** `repository`, `infra`, `registry`, `forge`, `tasks`, `cluster:<environment>` or `database:<environment>`. */
export const sourceIdSchema = z
  .string()
  .regex(/^(?:repository|infra|registry|forge|tasks|(?:cluster|database):.+)$/);
export type SourceId = z.infer<typeof sourceIdSchema>;

/** What is not known, and from whom it would be: neither absence nor health. */
export const unknownSchema = z.object({
  kind: z.literal('unknown'),
  source: sourceIdSchema,
});
export type DeliveryUnknown = z.infer<typeof unknownSchema>;

/** How fresh one source of the answer is. */
export const sourceSchema = z.object({
  id: sourceIdSchema,
  /**
   * `current`: within twice its interval. `late`: older, its last facts stay. `failed`: never read. `loading`: not read
   * yet. `off`: not configured.
   */
  state: z.enum(['current', 'late', 'failed', 'loading', 'off']),
  /** When it was last read; absent in `loading`, `failed` and `off`. */
  asOf: instantSchema.optional(),
  nextAt: instantSchema.optional(),
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string() })
    .optional(),
});
export type DeliverySource = z.infer<typeof sourceSchema>;

/** What environments can be; shape and word on the page. */
export const healthKindSchema = z.enum([
  'healthy',
  'rolling-out',
  'failed',
  'down',
  'stopped',
  'not-deployed',
  'not-observed',
  'unknown',
]);
export type DeliveryHealthKind = z.infer<typeof healthKindSchema>;
