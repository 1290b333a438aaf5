import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { BumpPicker } from './BumpPicker';
import { bumpPickerSchema } from './schema';
import { validateBump } from './validateBump';

/** `ui:field: DojoBumpPicker`. */
export const bumpPickerField = createFormField({
  name: 'DojoBumpPicker',
  component: BumpPicker,
  validation: validateBump,
  schema: bumpPickerSchema,
});
