import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { BranchPicker } from './BranchPicker';
import { branchPickerSchema } from './schema';

/** `ui:field: DojoBranchPicker`. */
export const branchPickerField = createFormField({
  name: 'DojoBranchPicker',
  component: BranchPicker,
  schema: branchPickerSchema,
});
