import type { Operation } from 'backstage-plugin-dojo-common';
import type { DojoCallOptions } from '../access/DojoCallOptions';

/** The operations that this plugin started, whatever they do. @public */
export interface OperationsAccess {
  /**
   * The operation as it is now. Needs `dojo.delivery.read` on its component.
   *
   * @throws OPERATION_NOT_FOUND where it was never started here, or ended too long ago.
   */
  get(id: string, options: DojoCallOptions): Promise<Operation>;

  /**
   * Stops the operation; one that has ended stays as it is. Needs what starting it needed.
   *
   * @throws OPERATION_NOT_FOUND where it was never started here, or ended too long ago.
   */
  cancel(id: string, options: DojoCallOptions): Promise<Operation>;
}
