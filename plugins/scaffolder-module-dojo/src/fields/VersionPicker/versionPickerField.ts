import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { versionPickerSchema } from './schema';
import { VersionPicker } from './VersionPicker';

/** `ui:field: DojoVersionPicker`. */
export const versionPickerField = createFormField({
  name: 'DojoVersionPicker',
  component: VersionPicker,
  schema: versionPickerSchema,
});
