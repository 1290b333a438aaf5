import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: the name of a branch; absent: the branch that releases come from. */
export const branchPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Name of a maintenance branch'),
});

/** @public */
export type BranchPickerProps = typeof branchPickerSchema.TProps;
