import type { z } from 'zod/v3';
import { refineService, serviceFieldsSchema } from './service-request';

/** The body of `POST /api/dojo/plans/service`: what the form holds. */
export const servicePlanBodySchema =
  serviceFieldsSchema.superRefine(refineService);

/** @public */
export type ServicePlanBody = z.input<typeof servicePlanBodySchema>;
