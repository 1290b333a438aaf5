import type { Operation } from 'backstage-plugin-dojo-common';
import type { Access } from '../access/Access';
import type { DojoCallOptions } from '../access/DojoCallOptions';
import { withBackstageErrors } from '../errors/withBackstageErrors';
import type { Operations } from './Operations';
import type { OperationsAccess } from './OperationsAccess';

/** What {@link OperationsService} works with. */
export interface OperationsServiceOptions {
  readonly access: Access;
  /** Those of the plugin whose service it is. */
  readonly operations: Operations;
}

/** Operations for whoever may see them, and end for whoever may end them. */
export class OperationsService implements OperationsAccess {
  readonly #access: Access;
  readonly #operations: Operations;

  constructor({ access, operations }: OperationsServiceOptions) {
    this.#access = access;
    this.#operations = operations;
  }

  get(id: string, { credentials }: DojoCallOptions): Promise<Operation> {
    return withBackstageErrors(async () => {
      const { toSee } = this.#operations.subjectOf(id);
      await this.#access.require(toSee, credentials);
      return this.#operations.show(id);
    });
  }

  cancel(id: string, { credentials }: DojoCallOptions): Promise<Operation> {
    return withBackstageErrors(async () => {
      const { meta, toCancel } = this.#operations.subjectOf(id);
      return this.#access.audited(
        {
          eventId: `${this.#operations.show(id).kind}-cancel`,
          severityLevel: 'low',
          meta: { ...meta, operation: id },
          credentials,
        },
        async () => {
          await this.#access.require(toCancel, credentials);
          this.#operations.cancel(id);
          return this.#operations.show(id);
        },
        ({ state }) => ({ meta: { state } }),
      );
    });
  }
}
