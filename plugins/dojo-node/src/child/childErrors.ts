import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of the portal's child processes. */
export const childErrors = {
  /**
   * The command did not say how it went: it crashed, was killed, or is of another version.
   *
   * @param how it ended: `with code 1`, `by SIGKILL`
   * @param said the last line of its standard error; may be empty
   * @param hint how to find out what it left
   */
  commandFailed: (how: string, said: string, hint: string) =>
    new DojoError({
      code: 'COMMAND_FAILED',
      kind: 'unavailable',
      message: `the dojo command ended ${how} without an answer${
        said === '' ? '' : `: ${said}`
      }`,
      hint,
    }),
};
