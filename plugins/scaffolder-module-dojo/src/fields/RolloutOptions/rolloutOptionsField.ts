import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { RolloutOptions } from './RolloutOptions';
import { rolloutOptionsSchema } from './schema';

/** `ui:field: DojoRolloutOptions`. */
export const rolloutOptionsField = createFormField({
  name: 'DojoRolloutOptions',
  component: RolloutOptions,
  schema: rolloutOptionsSchema,
});
