import { DojoError } from 'backstage-plugin-dojo-common';
import { formatBytes } from './format-bytes';

/** Every failure that the command itself finds; all others come from the engines. */
export const cliErrors = {
  databaseMissing: () =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message:
        'dojo migrate is not valid: database: required, but for --check of a folder alone',
      hint: 'Name the DuckDB file with --database.',
    }),
  flagNeedsFlag: (command: string, flag: string, needed: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `dojo ${command} is not valid: ${flag} means nothing without ${needed}`,
      hint: `Add ${needed}, or leave ${flag} out.`,
    }),
  migrationTooLarge: (path: string, most: number) =>
    new DojoError({
      code: 'CLI_MIGRATION_TOO_LARGE',
      kind: 'input',
      message: `${path} is larger than ${formatBytes(
        most,
      )}, the most that a migration may have`,
      hint: 'Put schema changes in migrations; load data with a tool made for it.',
    }),
  migrationsMissing: (folder: string) =>
    new DojoError({
      code: 'CLI_MIGRATIONS_MISSING',
      kind: 'not-found',
      message: `${folder} is no folder`,
      hint: 'Name the folder that holds 0001_….sql with --migrations.',
    }),
  migrationsUnreadable: (path: string, cause: unknown) =>
    new DojoError({
      code: 'CLI_MIGRATIONS_UNREADABLE',
      kind: 'input',
      message: `${path} cannot be read: ${
        (cause as NodeJS.ErrnoException).code ?? String(cause)
      }`,
      hint: 'Make it readable for the user who runs the command.',
      cause,
    }),
  planHashInvalid: (command: string) =>
    new DojoError({
      code: 'INPUT_INVALID',
      kind: 'input',
      message: `dojo ${command} is not valid: plan-hash: must be 64 hexadecimal digits`,
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
