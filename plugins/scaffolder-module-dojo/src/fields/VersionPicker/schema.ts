import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: a version; absent: the newest one. */
export const versionPickerSchema = makeFieldSchema({
  output: z => z.string().describe('A version of the component'),
});

/** @public */
export type VersionPickerProps = typeof versionPickerSchema.TProps;
