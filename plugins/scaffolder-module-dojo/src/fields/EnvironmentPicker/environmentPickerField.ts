import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EnvironmentPicker } from './EnvironmentPicker';
import { environmentPickerSchema } from './schema';
import { validateEnvironment } from './validateEnvironment';

/** `ui:field: DojoEnvironmentPicker`. */
export const environmentPickerField = createFormField({
  name: 'DojoEnvironmentPicker',
  component: EnvironmentPicker,
  validation: validateEnvironment,
  schema: environmentPickerSchema,
});
