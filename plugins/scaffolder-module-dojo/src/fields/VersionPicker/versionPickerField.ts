import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { validateVersion } from '../version/validateVersion';
import { versionPickerSchema } from './schema';
import { VersionPicker } from './VersionPicker';

/** `ui:field: DojoVersionPicker`. */
export const versionPickerField = createFormField({
  name: 'DojoVersionPicker',
  component: VersionPicker,
  validation: validateVersion,
  schema: versionPickerSchema,
});
