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
  /** An entry of the folder of a new service. `what` it is instead of a plain file. */
  refused: (path: string, what: string) =>
    new DojoError({
      code: 'SERVICE_FILES_REFUSED',
      kind: 'refused',
      message: `${JSON.stringify(
        path,
      )} is ${what}, and a new repository holds plain files alone`,
      hint: 'Correct the template: its steps leave only files and folders in the workspace.',
    }),
  /** More than a new service has. */
  tooManyFiles: (most: number) =>
    new DojoError({
      code: 'SERVICE_FILES_TOO_LARGE',
      kind: 'refused',
      message: `the workspace holds more than ${most} files and folders`,
      hint: 'Correct the template: what is built or downloaded does not belong into a new repository.',
    }),
  /** The same, of all their bytes. */
  tooManyBytes: (most: number) =>
    new DojoError({
      code: 'SERVICE_FILES_TOO_LARGE',
      kind: 'refused',
      message: `the files of the workspace have more than ${most} bytes`,
      hint: 'Correct the template: what is built or downloaded does not belong into a new repository.',
    }),
};
