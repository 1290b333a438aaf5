import { planHashSchema } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';

/** What every action takes beside its own choices; {@link componentInput} says what is done to it. */
export const commonInputs = {
  planHash: planHashSchema
    .optional()
    .describe(
      'Hash of the reviewed plan; the step fails with a conflict when the plan computed now is another one',
    ),
  dryRun: z
    .boolean()
    .default(false)
    .describe('Plans and logs what would be done; writes nothing'),
};

/** The id of a commit that a review was made at. */
export const reviewedAtInput = z
  .string()
  .regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, 'must be the id of a commit')
  .optional();

/** An entity ref. */
export const componentInput = z.string().min(1);

/** The output that every action has beside its result. */
export const commonOutputs = {
  summary: z
    .string()
    .describe('What was done, or would be, in sentences of Markdown'),
};

/** The name in an entity ref, as people say it: `ledger` of `component:default/ledger`. */
export function nameIn(componentRef: string): string {
  return componentRef.split(/[:/]/).at(-1) ?? componentRef;
}
