import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { serviceNameSchema } from './schema';
import { ServiceName } from './ServiceName';
import { validateServiceName } from './validateServiceName';

/** `ui:field: DojoServiceName`. */
export const serviceNameField = createFormField({
  name: 'DojoServiceName',
  component: ServiceName,
  validation: validateServiceName,
  schema: serviceNameSchema,
});
