import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of reading this machine's own files. */
export const localErrors = {
  /** The folder with the migrations cannot be listed. `said`: by the system. */
  folderUnreadable: (folder: string, said: string) =>
    new DojoError({
      code: 'MIGRATION_FOLDER_UNREADABLE',
      kind: 'not-found',
      message: `the migrations folder ${folder} cannot be read: ${said}`,
      hint: 'Name the folder that holds 0001_….sql.',
    }),
  /** A file in it cannot be read. `said`: by the system. */
  fileUnreadable: (file: string, said: string) =>
    new DojoError({
      code: 'MIGRATION_FILE_UNREADABLE',
      kind: 'not-found',
      message: `the migration file ${file} cannot be read: ${said}`,
      hint: 'Put the file there, readable for this user, or remove what is in its place.',
    }),
  /** A file that an overlay names, and that is not read. `what` it is instead of a small text. */
  unreadable: (file: string, what: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_FILE_UNREADABLE',
      kind: 'refused',
      message: `${file} is ${what}, which an overlay cannot be rendered from`,
      hint: 'Put the text itself there.',
    }),
};
