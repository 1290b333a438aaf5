import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of operations. */
export const operationErrors = {
  /** Somebody pressed cancel. */
  operationCancelled: ({ what, left }: CancelledWork) =>
    new DojoError({
      code: 'OPERATION_CANCELLED',
      kind: 'conflict',
      message: `${what} was cancelled; ${left}`,
      hint: 'Start it again if it is still wanted.',
    }),
  /** As many operations run as may run at once. */
  tooManyOperations: (max: number) =>
    new DojoError({
      code: 'OPERATIONS_TOO_MANY',
      kind: 'unavailable',
      message: `${max} operations such as rehearsals are running already`,
      hint: 'Wait until one has ended, or cancel one.',
    }),
  /** Never started here, or ended too long ago; those of others are answered in the same way. */
  operationNotFound: (id: string) =>
    new DojoError({
      code: 'OPERATION_NOT_FOUND',
      kind: 'not-found',
      message: `there is no operation ${JSON.stringify(id.slice(0, 40))}`,
      hint: 'They are kept for an hour after their end, and until the backend restarts. Start it again.',
    }),
};

/** An operation that somebody stopped, in the words of the capability that it belongs to. */
export interface CancelledWork {
  /** What was stopped: `the rehearsal`. */
  readonly what: string;
  /** What is left, as a clause of its own: `the database is as it was`. */
  readonly left: string;
}
