import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: a word such as `auto`, or a version. */
export const bumpPickerSchema = makeFieldSchema({
  output: z =>
    z.string().describe('auto, major, minor, patch, prerelease, or a version'),
});

/** @public */
export type BumpPickerProps = typeof bumpPickerSchema.TProps;
