import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure that the command itself finds; all others come from the engines. */
export const cliErrors = {
  configUnreadable: (path: string, cause: unknown) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `${path} cannot be read: ${(cause as Error).message}`,
      hint: 'Name the app-config.yaml of a portal.',
      cause,
    }),
  databaseMissing: () =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message:
        'dojo migrate is not valid: database: required, but for --check of a folder alone',
      hint: 'Name the DuckDB file with --database.',
    }),
  /** `code`: of the system, such as ENOENT. */
  fileUnreadable: (file: string, code: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `the file ${file} cannot be read: ${code}`,
      hint: 'Name a file that is there and that this user may read.',
    }),
  filesAlone: (flag: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `dojo health is not valid: ${flag} is of a cluster, and means nothing with -f`,
      hint: 'Name files, or a component and its namespace.',
    }),
  flagNeedsFlag: (command: string, flag: string, needed: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `dojo ${command} is not valid: ${flag} means nothing without ${needed}`,
      hint: `Add ${needed}, or leave ${flag} out.`,
    }),
  objectsTooLarge: (file: string, maxBytes: number) =>
    new DojoError({
      code: 'OBJECTS_TOO_LARGE',
      kind: 'input',
      message: `${file} is too large: at most ${maxBytes} bytes are read of all files together`,
      hint: 'Name fewer files, or select fewer objects.',
    }),
  pathInvalid: (written: string, why: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `"${written}" is no path: ${why}`,
      hint: 'Name a file or folder of this machine, by its path or as file:///….',
    }),
  /** Not the hint of a page, which is reloaded. */
  portalOfOtherVersion: ({ message, cause }: DojoError) =>
    new DojoError({
      code: 'ANSWER_INVALID',
      kind: 'unavailable',
      message,
      hint: 'The portal and this command may be of different versions: take the one of the portal.',
      cause,
    }),
  portalUnknown: () =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: 'dojo status is not valid: it is not said where the portal is',
      hint: 'Set DOJO_PORTAL_URL to its address, or name its app-config.yaml with --config.',
    }),
  requestNotJson: (cause: unknown) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: 'the request is not valid: it is no JSON document',
      hint: 'Write one JSON document to the standard input, and end it.',
      cause,
    }),
  requestTooLong: (maxBytes: number) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `the request is not valid: it has more than ${maxBytes} bytes`,
      hint: 'A request names what is to be done; files are named by their paths.',
    }),
  /** The command line announced another request than the one that came. */
  requestOfOtherKind: (announced: string, found: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `the request is not valid: kind: it is ${found}, and ${announced} was announced`,
      hint: 'Name the kind of the document after run-request, or none.',
    }),
  /** `variable`: that holds the token, or would. */
  tokenRefused: (portal: string, variable: string, isSet: boolean) =>
    new DojoError({
      code: 'CLI_TOKEN_REFUSED',
      kind: 'denied',
      message: isSet
        ? `the portal ${portal} does not take the token of ${variable}`
        : `the portal ${portal} asks who you are, and ${variable} is not set`,
      hint: `Set ${variable} to a token of this portal that has not expired.`,
    }),
  tokenUnsafe: (portal: string, variable: string) =>
    new DojoError({
      code: 'CLI_URL_INVALID',
      kind: 'input',
      message: `the token of ${variable} is not sent to ${portal}: others could read it on its way`,
      hint: 'Name the portal by https; http is for this machine alone.',
    }),
  /** `said`: by commander. */
  usage: (said: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `this is no command of dojo: ${said}`,
      hint: 'dojo --help lists the commands, and --help after one its flags.',
    }),
  urlInvalid: (variable: string, value: string) =>
    new DojoError({
      code: 'CLI_URL_INVALID',
      kind: 'input',
      message: `${variable} is "${value}", which is no http(s) URL`,
      hint: 'Set it to the address of what it names, or unset it.',
    }),
};
