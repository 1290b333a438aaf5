import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure that the command itself finds; all others come from the engines. */
export const cliErrors = {
  planHashInvalid: () =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message:
        'dojo release is not valid: plan-hash: must be 64 hexadecimal digits',
      hint: 'Take the planHash of the dry run.',
    }),
  urlInvalid: (variable: string, value: string) =>
    new DojoError({
      code: 'CLI_URL_INVALID',
      kind: 'input',
      message: `${variable} is "${value}", which is no http(s) URL`,
      hint: 'Set it to the address of your GitHub, or unset it.',
    }),
};
