import { isDojoError } from 'backstage-plugin-dojo-common';

/** Code of the DojoError that a function throws. */
export function failureCode(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isDojoError(error)) return error.code;
    throw error;
  }
  throw new Error('it threw nothing');
}
