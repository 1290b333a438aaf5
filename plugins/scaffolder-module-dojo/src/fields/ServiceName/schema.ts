import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The value of the field: the name of a new service. */
export const serviceNameSchema = makeFieldSchema({
  output: z => z.string().describe('Name of a new service, such as savings'),
});

/** @public */
export type ServiceNameProps = typeof serviceNameSchema.TProps;
