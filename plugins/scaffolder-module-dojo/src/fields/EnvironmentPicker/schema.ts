import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { environmentPurposes } from './environmentChoices';

/** The value of the field: the name of an environment. */
export const environmentPickerSchema = makeFieldSchema({
  uiOptions: z =>
    z
      .object({
        purpose: z
          .enum(environmentPurposes)
          .optional()
          .describe(
            'What it is chosen for; promote: as the source of what goes to the environment of the form. Default: migrate',
          ),
      })
      .optional(),
  output: z => z.string().describe('Name of an environment of this portal'),
});

/** @public */
export type EnvironmentPickerProps = typeof environmentPickerSchema.TProps;
