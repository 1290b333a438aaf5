import { z } from 'zod/v3';
import { deploymentModeSchema } from '../deployment/deployment-request';
import {
  imageDigestSchema,
  instantSchema,
  personSchema,
  shaSchema,
  unknownSchema,
} from './delivery-parts';

/** What git wants there. */
export const wantedSchema = z.union([
  z.object({
    kind: z.literal('version'),
    version: z.string().optional(),
    digest: imageDigestSchema.optional(),
    /** Commit of the base. */
    base: shaSchema,
    /** Commit of the infra repository that landed it. */
    commit: shaSchema,
    /** When it landed. */
    at: instantSchema,
    by: personSchema.optional(),
    mergedBy: personSchema.optional(),
    change: z.enum(['first', 'version', 'rollback', 'configuration']),
  }),
  z.object({
    kind: z.literal('nothing'),
    /** Whether there is an overlay that waits for its first version. */
    prepared: z.literal(true).optional(),
    removed: z
      .object({
        commit: shaSchema,
        at: instantSchema,
        by: personSchema.optional(),
      })
      .optional(),
  }),
  z.object({
    kind: z.literal('unreadable'),
    path: z.string(),
    line: z.number().int().positive().optional(),
    sentence: z.string(),
    commit: shaSchema,
    by: personSchema.optional(),
    /** Of the file for people, at its line; absent: its forge has no page that is known. */
    url: z.string().optional(),
  }),
  unknownSchema,
]);
export type DeliveryWanted = z.infer<typeof wantedSchema>;

const runningVersionSchema = z.object({
  version: z.string().optional(),
  digest: imageDigestSchema.optional(),
  since: instantSchema,
  ready: z.number().int().nonnegative(),
  of: z.number().int().nonnegative(),
});

/** What really runs there. */
export const runningSchema = z.union([
  runningVersionSchema.extend({ kind: z.literal('version') }),
  z.object({ kind: z.literal('mixed'), parts: z.array(runningVersionSchema) }),
  z.object({
    kind: z.literal('nothing'),
    since: instantSchema.optional(),
    last: z.string().optional(),
  }),
  z.object({ kind: z.literal('not-observed') }),
  unknownSchema,
]);
export type DeliveryRunning = z.infer<typeof runningSchema>;

/** How it is there. */
export const deliveryHealthSchema = z.union([
  z.object({
    kind: z.enum([
      'healthy',
      'rolling-out',
      'failed',
      'down',
      'stopped',
      'not-deployed',
      'not-observed',
    ]),
    code: z.string().optional(),
    sentence: z.string().optional(),
    since: instantSchema.optional(),
  }),
  unknownSchema,
]);
export type DeliveryHealth = z.infer<typeof deliveryHealthSchema>;

/** Where its database is. */
export const databaseFactSchema = z.union([
  z.object({
    kind: z.literal('level'),
    /** Newest migration that was applied, or `empty`. */
    at: z.string(),
    /**
     * The version that came up ready there with it, where the database itself cannot be read: it has at least that, and
     * `pending` is not known. Absent: it was read.
     */
    provenBy: z.string().optional(),
    /** What the wanted version needs. */
    needs: z.string().optional(),
    /** At most 20. */
    pending: z.array(z.string()).max(20),
    omitted: z.number().int().positive().optional(),
    breakingPending: z.boolean(),
    /** Whether it holds migrations that the wanted version does not know. */
    ahead: z.boolean(),
    /** What the version that would come next needs beyond `at`; absent: nothing, or none would. */
    next: z
      .object({
        version: z.string(),
        needs: z.string(),
        pending: z.number().int().positive(),
      })
      .optional(),
  }),
  z.object({ kind: z.literal('migrating'), run: z.string() }),
  z.object({ kind: z.literal('none') }),
  unknownSchema,
]);
export type DatabaseFact = z.infer<typeof databaseFactSchema>;

/** A change that waits to land. */
export const waitingChangeSchema = z.object({
  version: z.string().optional(),
  kind: z.enum(['merge', 'controller']),
  since: instantSchema,
  requestedBy: personSchema.optional(),
  url: z.string().optional(),
  planHash: z.string().optional(),
  /** Its source runs another version by now. */
  outdated: z.object({ source: z.string(), version: z.string() }).optional(),
});
export type WaitingChange = z.infer<typeof waitingChangeSchema>;

/** A field that a controller of the cluster owns: what it makes of it is no drift, and a deployment does not change it. */
const leftAloneSchema = z.object({
  field: z.string(),
  owner: z.literal('autoscaler'),
  /** `replicas belongs to the autoscaler; it is left alone.` */
  sentence: z.string(),
});

/** Absent: there is none. */
const leftAloneOf = z.array(leftAloneSchema).max(10).optional();

/** Whether what runs there is what git says. */
export const driftSchema = z.union([
  z.object({ kind: z.literal('none'), leftAlone: leftAloneOf }),
  z.object({
    kind: z.literal('drifted'),
    fields: z
      .array(
        z.object({
          object: z.string(),
          field: z.string(),
          wanted: z.string(),
          live: z.string(),
          manager: z.string(),
          at: instantSchema.optional(),
        }),
      )
      .max(10),
    omitted: z.number().int().nonnegative(),
    leftAlone: leftAloneOf,
  }),
  unknownSchema,
]);
export type DeliveryDrift = z.infer<typeof driftSchema>;

/** What is left alone there, however the rest stands. */
export function leftAloneIn(
  drift: DeliveryDrift,
): readonly z.infer<typeof leftAloneSchema>[] {
  return drift.kind === 'unknown' ? [] : drift.leftAlone ?? [];
}

/** One environment of a component: what is wanted, what runs and what waits, as three facts. */
export const deliveryEnvironmentSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  promotesFrom: z.string().optional(),
  mode: deploymentModeSchema.optional(),
  approval: z.boolean(),
  observed: z.boolean(),
  overlayUrl: z.string().optional(),
  wanted: wantedSchema,
  running: runningSchema,
  health: deliveryHealthSchema,
  database: databaseFactSchema,
  waiting: waitingChangeSchema.optional(),
  drift: driftSchema,
  frozen: z
    .object({ until: instantSchema.optional(), sentence: z.string() })
    .optional(),
  /** From the environment it came from, or from its release, to here; milliseconds. */
  afterMs: z.number().nonnegative().optional(),
  behind: z.union([
    z.object({
      kind: z.literal('behind'),
      versions: z.number().int().nonnegative(),
      commits: z.number().int().nonnegative(),
    }),
    unknownSchema,
  ]),
});
export type DeliveryEnvironment = z.infer<typeof deliveryEnvironmentSchema>;
