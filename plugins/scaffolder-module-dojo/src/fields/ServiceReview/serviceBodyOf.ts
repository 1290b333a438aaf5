import type { ServicePlanBody } from 'backstage-plugin-dojo-common';
import { filledChoices } from '../filledChoices';

const always = ['title', 'description', 'system', 'frontend', 'forge'];
/** The form keeps them when another forge is chosen after them. */
const hosted = ['forgeHost', 'forgeOwner'];

/** The body of the plan route, from the form's data so far. Absent: name or owner are not filled in yet. */
export function serviceBodyOf(formData: unknown): ServicePlanBody | undefined {
  const form = (formData ?? {}) as Record<string, unknown>;
  const { name, owner, size, hosts, forge } = form;
  if (typeof name !== 'string' || name === '') return undefined;
  if (typeof owner !== 'string' || owner === '') return undefined;
  const isHosted = forge === 'github' || forge === 'gitlab';
  return {
    name,
    owner,
    ...filledChoices(form, isHosted ? [...always, ...hosted] : always),
    ...(Array.isArray(hosts) && { hosts: hosts.filter(isWhole) }),
    ...(typeof size === 'string' && size !== '' && { storage: { size } }),
  };
}

/** Both are filled in; the form says what is missing. */
function isWhole(
  value: unknown,
): value is { environment: string; host: string } {
  const { environment, host } = (value ?? {}) as Record<string, unknown>;
  return Boolean(environment) && Boolean(host);
}
