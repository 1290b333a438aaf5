import { DojoError, DojoErrorJson } from 'backstage-plugin-dojo-common';

/** The errors of asking the index of deliveries. */
export const indexErrors = {
  /** It was made by hand, or for another order of the list. */
  cursorInvalid: (cause?: unknown) =>
    new DojoError({
      code: 'DELIVERY_CURSOR_INVALID',
      kind: 'input',
      message: 'the cursor is not one of this list',
      hint: 'Begin without a cursor, and give back what the answer calls next.',
      cause,
    }),
  /** What reading the entity said, as it was. */
  refusedBefore: (error: DojoErrorJson) => new DojoError(error),
  /** No cluster is configured whose pods could be asked. */
  notObserved: (environment: string) =>
    new DojoError({
      code: 'DELIVERY_NOT_OBSERVED',
      kind: 'refused',
      message: `nothing is logged here for ${environment}: it has no cluster`,
      hint: 'Name its cluster in dojo.environments of app-config.yaml.',
    }),
};
