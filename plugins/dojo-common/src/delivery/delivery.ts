import { z } from 'zod/v3';
import { deliveryEnvironmentSchema } from './delivery-environment';
import {
  entityRefSchema,
  instantSchema,
  personSchema,
  sentenceSchema,
  sourceSchema,
  unknownSchema,
} from './delivery-parts';
import { deliveryReleaseSchema, lineSchema } from './delivery-release';

/** What can be done, as an id that page and agent share. */
export const actionIdSchema = z.enum([
  'release',
  'ship',
  'deploy',
  'promote',
  'roll-back',
  'migrate',
  'restore',
  'rebuild-caches',
  'reject',
  'merge',
  'set-up',
]);
export type DeliveryActionId = z.infer<typeof actionIdSchema>;

/** A verb that the caller may use, ready or held back by a rule; one that is not permitted or has no route is absent. */
export const deliveryActionSchema = z.object({
  id: actionIdSchema,
  environment: z.string().optional(),
  branch: z.string().optional(),
  version: z.string().optional(),
  /** What the button says: it names what it brings, such as `Promote 0.4.0 to staging`. */
  label: sentenceSchema,
  to: z.union([
    z.object({ template: entityRefSchema, formData: z.record(z.unknown()) }),
    z.object({ url: z.string() }),
  ]),
  state: z.union([
    z.literal('ready'),
    z.object({
      code: z.string(),
      sentence: z.string(),
      until: instantSchema.optional(),
    }),
  ]),
});
export type DeliveryAction = z.infer<typeof deliveryActionSchema>;

/** Something that needs somebody. */
export const attentionSchema = z.object({
  /**
   * 1 down · 2 failed, release unfinished, database left · 3 unreadable, moved tag · 4 drift · 5 waits for a merge ·
   * 6 pending migration · 7 source late · 8 unreleased or unpromoted over 14 days
   */
  rank: z.number().int().min(1).max(8),
  code: z.string(),
  environment: z.string().optional(),
  since: instantSchema,
  sentence: z.string(),
  hint: z.string(),
  object: z.string().optional(),
  exitCode: z.number().int().optional(),
  restarts: z.number().int().nonnegative().optional(),
  /** At most 20 lines of 300 characters, redacted; absent for who may not read logs. */
  log: z.array(z.string().max(300)).max(20).optional(),
  action: actionIdSchema.optional(),
  run: z.string().optional(),
});
export type DeliveryAttention = z.infer<typeof attentionSchema>;

/** A run of the suite that has not ended. */
export const deliveryRunSchema = z.object({
  id: z.string(),
  kind: z.enum(['release', 'migration', 'deployment', 'shipment', 'service']),
  environment: z.string().optional(),
  version: z.string().optional(),
  by: personSchema.optional(),
  via: z.enum(['page', 'agent', 'api']),
  startedAt: instantSchema,
  step: z.string().optional(),
  url: z.string(),
});
export type DeliveryRun = z.infer<typeof deliveryRunSchema>;

/** The answer of `GET /api/dojo/components/:namespace/:kind/:name/delivery`. */
export const deliverySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('not-set-up'),
    missing: z.array(z.enum(['repository', 'environments'])),
    /** Lines to add to the component's file. */
    yaml: z.string(),
  }),
  z.object({
    kind: z.literal('delivery'),
    component: entityRefSchema,
    title: z.string(),
    generation: z.string(),
    now: instantSchema,
    access: z.object({
      /** False: there are no actions, and the page says who can. */
      change: z.boolean(),
      logs: z.boolean(),
      owner: entityRefSchema.optional(),
    }),
    sources: z.array(sourceSchema),
    /** [0] is the release branch; others only while they hold commits. */
    lines: z.array(lineSchema),
    latest: z.union([
      deliveryReleaseSchema,
      z.object({ kind: z.literal('none') }),
      unknownSchema,
    ]),
    /** Every one that is configured, in the order of the configuration. */
    environments: z.array(deliveryEnvironmentSchema),
    running: z.array(deliveryRunSchema),
    /** Worst first; empty: nothing needs anybody. */
    attention: z.array(attentionSchema),
    actions: z.array(deliveryActionSchema),
    /** How many entries were cut from lists to stay below 64 KB. */
    omitted: z.number().int().positive().optional(),
  }),
]);
/** @public */
export type Delivery = z.infer<typeof deliverySchema>;

/** The answer of `POST …/delivery/refresh`; its end comes as a signal. */
export const deliveryRefreshSchema = z.object({ generation: z.string() });

/** The answer of `GET …/delivery/where?ref=`. */
export const deliveryWhereSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('in'),
    release: z.string(),
    sentence: z.string(),
    environments: z.array(
      z.object({
        name: z.string(),
        contains: z.union([z.boolean(), z.literal('unknown')]),
        since: instantSchema.optional(),
      }),
    ),
    url: z.string().optional(),
  }),
  z.object({
    kind: z.literal('unreleased'),
    branch: z.string(),
    next: z.string().optional(),
    sentence: z.string(),
    url: z.string().optional(),
  }),
  z.object({
    kind: z.literal('reverted'),
    by: z.string(),
    sentence: z.string(),
    url: z.string().optional(),
  }),
  z.object({
    kind: z.literal('not-found'),
    since: z.string().optional(),
    sentence: z.string(),
  }),
]);
/** @public */
export type DeliveryWhere = z.infer<typeof deliveryWhereSchema>;

/** The answer of `GET …/delivery/log?environment=`. */
export const deliveryLogSchema = z.object({
  pod: z.string().optional(),
  container: z.string().optional(),
  lines: z.array(z.string()),
});
/** @public */
export type DeliveryLog = z.infer<typeof deliveryLogSchema>;
