import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { BackupPicker } from './BackupPicker';
import { backupPickerSchema } from './schema';

/** `ui:field: DojoBackupPicker`. */
export const backupPickerField = createFormField({
  name: 'DojoBackupPicker',
  component: BackupPicker,
  schema: backupPickerSchema,
});
