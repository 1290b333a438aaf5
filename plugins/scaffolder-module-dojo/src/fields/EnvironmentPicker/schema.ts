import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: the name of an environment. */
export const environmentPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Name of an environment of this portal'),
});

/** @public */
export type EnvironmentPickerProps = typeof environmentPickerSchema.TProps;
