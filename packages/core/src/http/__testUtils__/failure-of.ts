import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DojoError } from 'backstage-plugin-dojo-common';

/** The DojoError that a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<DojoError> {
  const reason = await promise.then(
    value => `it gave ${JSON.stringify(value)}`,
    (error: unknown) => error,
  );
  if (isDojoError(reason)) return reason;
  throw new Error(`no DojoError: ${reason}`);
}
