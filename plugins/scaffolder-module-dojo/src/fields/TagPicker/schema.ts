import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: a tag of the component's repository, or `previous` where that is offered. */
export const tagPickerSchema = makeFieldSchema({
  uiOptions: z =>
    z
      .object({
        preset: z
          .enum(['newest', 'deployed', 'previous'])
          .optional()
          .describe(
            "What is chosen from the start: the newest release, what the form's environment has now, or the version before it. Default: newest",
          ),
        verb: z
          .enum(['deploy', 'reject'])
          .optional()
          .describe('What the form does with the version. Default: deploy'),
      })
      .optional(),
  output: z => z.string().describe('A tag of the component, or previous'),
});

/** @public */
export type TagPickerProps = typeof tagPickerSchema.TProps;
