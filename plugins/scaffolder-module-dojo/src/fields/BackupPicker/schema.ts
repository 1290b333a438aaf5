import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: the id of a backup; `latest` or absent: the latest, not counting pre-restore copies. */
export const backupPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Id of a backup, or latest'),
});

/** @public */
export type BackupPickerProps = typeof backupPickerSchema.TProps;
