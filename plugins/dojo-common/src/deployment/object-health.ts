import { z } from 'zod/v3';

/**
 * How an object of the cluster is, in the words of kstatus. `Current`: as it was asked for; `InProgress`: on the way;
 * `Failed`: it does not get there by itself; `Terminating`: it is being deleted; `NotFound`: it is not there; `Unknown`:
 * what it says of itself cannot be read.
 */
export const healthStatusSchema = z.enum([
  'Current',
  'InProgress',
  'Failed',
  'Terminating',
  'NotFound',
  'Unknown',
]);
export type HealthStatus = z.infer<typeof healthStatusSchema>;

/** The health of one object. */
export const objectHealthSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  status: healthStatusSchema,
  /** One word, such as `LessReady` or `CrashLoopBackOff`: of the object itself where it gives one. */
  reason: z.string(),
  /** One sentence with the values in it. */
  message: z.string(),
});
export type ObjectHealth = z.infer<typeof objectHealthSchema>;
