import { z } from 'zod/v3';
import { planHashSchema } from '../plan-hash';
import {
  planDeploymentInputSchema,
  planMigrationInputSchema,
  planReleaseInputSchema,
} from './agent-plans';

const reviewed = {
  planHash: planHashSchema.describe('Of the plan that is to run'),
};

/** Input of the action `start-release`: that of the plan, and its hash. */
export const startReleaseInputSchema = planReleaseInputSchema
  .extend(reviewed)
  .strict();
/** Input of the action `start-migration`. */
export const startMigrationInputSchema = planMigrationInputSchema
  .extend(reviewed)
  .strict();
/** Input of the action `start-deployment`. */
export const startDeploymentInputSchema = planDeploymentInputSchema
  .extend(reviewed)
  .strict();

export const runStateSchema = z.enum([
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
]);
export type RunState = z.infer<typeof runStateSchema>;

/** Output of the actions `start-…`. */
export const startedRunSchema = z.object({
  /** `task:<uuid>`; `get-operation` follows it. */
  id: z.string(),
  /** The page of the task. */
  url: z.string(),
  state: runStateSchema,
  /** Set where an earlier start of the same plan has ended already: nothing was started. */
  already: z.literal(true).optional(),
  /** When it is worth asking again, in milliseconds. */
  pollAfterMs: z.number().int().nonnegative(),
});
export type StartedRun = z.infer<typeof startedRunSchema>;

/** The longest that one question for an operation waits for news, in milliseconds. */
export const maxWaitMs = 20_000;

/** Input of the action `get-operation`. */
export const getOperationInputSchema = z
  .object({
    id: z.string().min(1).max(80).describe('As a start returned it'),
    after: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe('`next` of the answer before: lines after it are given'),
    waitMs: z
      .number()
      .int()
      .min(0)
      .max(maxWaitMs)
      .optional()
      .describe('Waits so long for news before it answers; default: 0'),
  })
  .strict();

/** Output of the action `get-operation`. */
export const agentOperationSchema = z.object({
  id: z.string(),
  kind: z.enum([
    'release',
    'migration',
    'deployment',
    'shipment',
    'service',
    'migration-rehearsal',
  ]),
  component: z.string().optional(),
  environment: z.string().optional(),
  state: runStateSchema,
  /** One sentence: how it stands. */
  sentence: z.string(),
  /** Name of the step that runs. */
  step: z.string().optional(),
  /** At most 50 lines of its log, oldest first. */
  lines: z.array(z.string()).max(50),
  /** Where the next question goes on. */
  next: z.number().int().nonnegative(),
  /** What it says of itself at its end, as Markdown. */
  result: z.string().optional(),
  /** Why it failed. */
  error: z
    .object({ code: z.string().optional(), message: z.string() })
    .optional(),
  waitingFor: z
    .object({
      kind: z.literal('merge'),
      url: z.string().optional(),
      /** Who may end the waiting, in words. */
      by: z.string(),
    })
    .optional(),
  url: z.string().optional(),
  pollAfterMs: z.number().int().nonnegative(),
});
export type AgentOperation = z.infer<typeof agentOperationSchema>;
