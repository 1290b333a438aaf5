import type { ShipmentPlanBody } from 'backstage-plugin-dojo-common';
import { textIn } from '../componentIn';
import { planBodyOf } from '../ReleaseReview/planBodyOf';

/** The body of the plan route, from the form's data so far. Absent: component or environment is not chosen yet. */
export function shipBodyOf(formData: unknown): ShipmentPlanBody | undefined {
  const release = planBodyOf(formData);
  const environment = textIn({ formData }, 'environment');
  return release && environment !== undefined
    ? { ...release, environment }
    : undefined;
}
