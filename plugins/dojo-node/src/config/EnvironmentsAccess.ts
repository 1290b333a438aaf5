import type { Environment } from 'backstage-plugin-dojo-common';
import type { Freeze } from './freezeAt';

/** The environments of `dojo.environments`. Needs nothing: names are no secret. @public */
export interface EnvironmentsAccess {
  /** All of them, in the order of the configuration. */
  list(): Environment[];
  /**
   * The freeze of an environment that holds then; undefined: none does.
   *
   * @throws DojoError `ENVIRONMENT_NOT_FOUND`.
   */
  freezeOf(name: string, now: Date): Freeze | undefined;
}
