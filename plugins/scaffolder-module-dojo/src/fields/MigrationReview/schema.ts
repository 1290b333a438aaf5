import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/**
 * The value of the field: the identity of the plan that was reviewed, and what it runs,
 * puts back, and leads from and to.
 */
export const migrationReviewSchema = makeFieldSchema({
  uiOptions: z =>
    z
      .object({
        operation: z
          .enum(['migrate', 'restore', 'rebuild-caches'])
          .optional()
          .describe(
            'What the template is for; default: what the form says, else to migrate',
          ),
      })
      .optional(),
  output: z =>
    z.object({
      planHash: z.string().describe('Hash of the reviewed plan'),
      version: z
        .string()
        .optional()
        .describe('Release whose SQL runs; absent for a restore'),
      backup: z
        .string()
        .optional()
        .describe('Id of the backup that is put back, for a restore'),
      rehearsed: z
        .string()
        .optional()
        .describe('Whether the plan was rehearsed; absent where it cannot be'),
      from: z.string().optional().describe('Last migration applied before'),
      to: z.string().optional().describe('Last migration applied afterwards'),
    }),
});

/** @public */
export type MigrationReviewProps = typeof migrationReviewSchema.TProps;

/** @public */
export type MigrationReviewValue = typeof migrationReviewSchema.TOutput;
