import { parseBaseAddress } from 'backstage-plugin-dojo-common';
import type {
  BaseAddress,
  DeploymentRequest,
} from 'backstage-plugin-dojo-common';

/** The base of a request, whose schema has proved that it is one. */
export function baseOf({ base }: Pick<DeploymentRequest, 'base'>): BaseAddress {
  const parsed = parseBaseAddress(base);
  if (typeof parsed === 'string') throw new Error(`${base} ${parsed}`);
  return parsed;
}
