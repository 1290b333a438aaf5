import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { validateVersion } from '../version/validateVersion';
import { tagPickerSchema } from './schema';
import { TagPicker } from './TagPicker';

/** `ui:field: DojoTagPicker`. */
export const tagPickerField = createFormField({
  name: 'DojoTagPicker',
  component: TagPicker,
  validation: validateVersion,
  schema: tagPickerSchema,
});
