import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { DojoClient, problemOfServiceName } from 'backstage-plugin-dojo-common';
import { serviceBodyOf } from '../ServiceReview/serviceBodyOf';

/**
 * Keeps the form from going on with a name that no service can have, or that something else has: the plan says so, since
 * the name of a service that this very form began is free for it. Where there is no plan to ask for yet, or none can be
 * computed, it lets the form go on: the review says why.
 */
export const validateServiceName: CustomFieldValidator<
  string | undefined
> = async (name, field, { apiHolder, formData }) => {
  if (!name) return;
  const problem = problemOfServiceName(name);
  if (problem !== undefined) {
    field.addError(problem);
    return;
  }
  const discoveryApi = apiHolder.get(discoveryApiRef);
  const fetchApi = apiHolder.get(fetchApiRef);
  const body = serviceBodyOf({ ...formData, name });
  if (!discoveryApi || !fetchApi || !body) return;
  const client = new DojoClient({ discoveryApi, fetchApi });
  const result = await client.planService(body).catch(() => undefined);
  for (const each of result?.problems ?? []) {
    if (each.field === 'name') field.addError(each.message);
  }
};
