import { isDojoError } from 'backstage-plugin-dojo-common';

/** `CODE: message` of the DojoError that something ends with. */
export async function failureOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (isDojoError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('it did not fail');
}
