import type { Environment } from 'backstage-plugin-dojo-common';

/** The environments of `dojo.environments`. @public */
export interface EnvironmentsAccess {
  /** All of them, in the order of the configuration. Needs nothing: names are no secret. */
  list(): Environment[];
}
