import { z } from 'zod/v3';
import { dojoErrorSchema } from './dojo-error';

const key = z.string();

/**
 * How one effect of a plan ended. A run reports one per effect, in plan order, also when it fails.
 * `waiting`: the system still works on it; run again later.
 */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), key }),
  z.object({ kind: z.literal('already-done'), key }),
  z.object({ kind: z.literal('waiting'), key, detail: z.string() }),
  z.object({ kind: z.literal('failed'), key, error: dojoErrorSchema }),
  z.object({ kind: z.literal('not-attempted'), key }),
]);

/** @public */
export type Outcome = z.infer<typeof outcomeSchema>;
