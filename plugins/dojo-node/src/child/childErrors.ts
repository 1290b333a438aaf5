import { DojoError } from 'backstage-plugin-dojo-common';

const mebibyte = 1024 * 1024;

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
  /** What the work reads takes more memory than a child may have. */
  memoryExceeded: (what: string, maxBytes: number, hint: string) =>
    new DojoError({
      code: 'COMMAND_MEMORY_EXCEEDED',
      kind: 'refused',
      message: `${what} needed more than ${Math.round(
        maxBytes / mebibyte,
      )} MiB of memory and was stopped`,
      hint: `Make what it reads smaller, or raise its limit: dojo.plans.memoryMegabytes, of a rehearsal or run of a migration dojo.migrations.memoryMegabytes. ${hint}`,
    }),
  /** The answer is larger than anybody can read. */
  answerTooLarge: (what: string, maxBytes: number, hint: string) =>
    new DojoError({
      code: 'COMMAND_ANSWER_TOO_LARGE',
      kind: 'refused',
      message: `${what} answered more than ${Math.round(
        maxBytes / mebibyte,
      )} MiB and was stopped`,
      hint: `Make what it reads smaller. ${hint}`,
    }),
  /** It took longer than it was given. */
  deadline: (what: string, seconds: number, hint: string) =>
    new DojoError({
      code: 'COMMAND_DEADLINE',
      kind: 'unavailable',
      message: `${what} took longer than ${seconds} s and was stopped`,
      hint,
    }),
};
