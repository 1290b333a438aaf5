import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure of the DuckDB adapter; `database` is the path as it was resolved. */
export const duckdbErrors = {
  isDirectory: (database: string) =>
    new DojoError({
      code: 'DATABASE_IS_DIRECTORY',
      kind: 'input',
      message: `${database} is a directory, not a database`,
      hint: 'Name the DuckDB file itself.',
    }),
  isNoFile: (database: string) =>
    new DojoError({
      code: 'DATABASE_IS_NO_FILE',
      kind: 'input',
      message: `${database} is no regular file`,
      hint: 'Name the DuckDB file itself.',
    }),
  linkDangling: (link: string, target: string) =>
    new DojoError({
      code: 'DATABASE_LINK_DANGLING',
      kind: 'input',
      message: `${link} is a symbolic link to ${target}, which does not exist`,
      hint: 'Name the file that the database shall be, or mend the link; a database is never created through a link.',
    }),
  /** Where links are not followed. `link`: the part of the path that is one. */
  linkRefused: (database: string, link: string, fixed: string) =>
    new DojoError({
      code: 'DATABASE_LINK_REFUSED',
      kind: 'refused',
      message:
        link === database
          ? `${database} is a symbolic link, which may lead to the database of another`
          : `${database} is reached by the symbolic link ${link}, which may lead to the database of another`,
      hint: `Nothing was read. Below ${fixed} there must be no link: put the file or folder itself there, or name its place in the configuration.`,
    }),
  pathUnusable: (database: string, why: string) =>
    new DojoError({
      code: 'DATABASE_PATH_UNUSABLE',
      kind: 'input',
      message: `${database} cannot be the path of a database: ${why}`,
      hint: 'Give the database another name or another folder.',
    }),
  folderMissing: (database: string, folder: string) =>
    new DojoError({
      code: 'DATABASE_FOLDER_MISSING',
      kind: 'not-found',
      message: `${database} cannot be created: the folder ${folder} does not exist`,
      hint: 'Create the folder, or correct the path.',
    }),
  folderReadOnly: (database: string, folder: string) =>
    new DojoError({
      code: 'DATABASE_FOLDER_READ_ONLY',
      kind: 'denied',
      message: `${database} cannot be changed: the folder ${folder} is not writable`,
      hint: 'The copy that is migrated and the backups lie beside the database: make its folder writable for this user.',
    }),
  unreadable: (database: string, said: string) =>
    new DojoError({
      code: 'DATABASE_UNREADABLE',
      kind: 'denied',
      message: `${database} cannot be read: ${said}`,
      hint: 'Run as a user who may read and write the database.',
    }),
  empty: (database: string) =>
    new DojoError({
      code: 'DATABASE_EMPTY',
      kind: 'refused',
      message: `${database} has 0 bytes, so it is no DuckDB file`,
      hint: 'Where it never held anything, remove it and it will be created; else put a backup back (dojo restore).',
    }),
  notDuckdb: (database: string, why: string) =>
    new DojoError({
      code: 'DATABASE_NOT_DUCKDB',
      kind: 'refused',
      message: `${database} is not a DuckDB file: ${why}`,
      hint: 'Name the right file, or put a backup back (dojo restore).',
    }),
  storageUnsupported: (
    database: string,
    found: { readonly storage: number; readonly creator: string },
    engine: { readonly version: string; readonly storages: string },
  ) =>
    new DojoError({
      code: 'DATABASE_STORAGE_UNSUPPORTED',
      kind: 'refused',
      message: `${database} has storage version ${found.storage}${
        found.creator === '' ? '' : `, written by DuckDB ${found.creator}`
      }; this is DuckDB ${engine.version}, which reads ${engine.storages}`,
      hint: 'Migrate with a dojo that carries that DuckDB, or write the file anew for an older one (STORAGE_VERSION).',
    }),
  /** `by`: the program and its process, as far as DuckDB tells. */
  locked: (database: string, by: string) =>
    new DojoError({
      code: 'DATABASE_LOCKED',
      kind: 'conflict',
      message: `${database} is held by ${by}; nothing was changed`,
      hint: 'Stop that program, or wait until it is done, and run it again.',
    }),
  walStale: (database: string, wal: string, said: string) =>
    new DojoError({
      code: 'DATABASE_WAL_UNUSABLE',
      kind: 'refused',
      message: `${wal} does not belong to ${database} or cannot be replayed: ${said}`,
      hint: `Nothing was changed. Where ${database} was restored by hand, the .wal is of the file before: move it away and run again. Else keep both and put a backup back (dojo restore).`,
    }),
  walNeedsWriter: (database: string, wal: string) =>
    new DojoError({
      code: 'DATABASE_WAL_NEEDS_WRITER',
      kind: 'refused',
      message: `${wal} holds a new index, which only a writer of ${database} can read, and the folder takes no copy`,
      hint: 'Nothing is wrong with it, and nothing was changed. Let this user write the folder, or start and stop the application once, which folds it in.',
    }),
  walOrphan: (database: string, wal: string) =>
    new DojoError({
      code: 'DATABASE_WAL_ORPHAN',
      kind: 'refused',
      message: `${wal} lies there without its database ${database}`,
      hint: `It may hold commits. Put the database back beside it, or move ${wal} away to start anew.`,
    }),
  broken: (database: string, said: string) =>
    new DojoError({
      code: 'DATABASE_BROKEN',
      kind: 'refused',
      message: `${database} cannot be opened: ${said}`,
      hint: 'Nothing was changed. Put a backup back (dojo restore).',
    }),
  /** `forBackup`: bytes of what is needed; 0 where a link is enough. */
  noSpace: (
    database: string,
    needed: number,
    free: number,
    forBackup: number,
  ) =>
    new DojoError({
      code: 'DATABASE_NO_SPACE',
      kind: 'unavailable',
      message: `the disk of ${database} has ${free} bytes free, and ${needed} are needed${
        forBackup === 0
          ? ''
          : `, ${forBackup} of them for the backup: the volume takes no links`
      }`,
      hint: 'A run works on a copy beside the database: free that much space, and run it again. Nothing was changed.',
    }),
  /** `place`: what was running. */
  spaceRanOut: (database: string, place?: string) =>
    new DojoError({
      code: 'DATABASE_SPACE_RAN_OUT',
      kind: 'unavailable',
      message: `the disk of ${database} ran full${
        place === undefined ? '' : ` at ${place}`
      }; the database is as it was`,
      hint: 'Free some space, and run it again; the rehearsal tells how much is needed.',
    }),
  /** `limit`: as DuckDB's setting has it; `place`: what was running. */
  memoryRanOut: (database: string, limit: string, place?: string) =>
    new DojoError({
      code: 'DATABASE_MEMORY_RAN_OUT',
      kind: 'unavailable',
      message: `the ${limit} of memory that DuckDB has here are too little for ${
        place ?? 'the work on its copy'
      }; ${database} is as it was`,
      hint: 'Change fewer rows with one statement, or give it more: --memory-limit, in the portal dojo.migrations.memoryMegabytes.',
    }),
  /** `place`: what was running. */
  spillRanOut: (database: string, place?: string) =>
    new DojoError({
      code: 'DATABASE_MEMORY_RAN_OUT',
      kind: 'unavailable',
      message: `${
        place ?? 'the work on its copy'
      } does not fit into memory, and spilled as much as it may; ${database} is as it was`,
      hint: 'Change fewer rows with one statement, or give it more: --memory-limit, in the portal dojo.migrations.memoryMegabytes and spillMegabytes.',
    }),
  copyFailed: (database: string, said: string) =>
    new DojoError({
      code: 'DATABASE_COPY_FAILED',
      kind: 'unavailable',
      message: `${database} could not be copied: ${said}`,
      hint: 'Nothing was changed. Look at what was said, and run it again.',
    }),
  changed: (database: string) =>
    new DojoError({
      code: 'DATABASE_CHANGED',
      kind: 'conflict',
      message: `${database} was changed by somebody else while it was migrated; nothing was changed by this run`,
      hint: 'Run it again; stop what writes the database where it happens again.',
    }),
  notReplaceable: (database: string, said: string) =>
    new DojoError({
      code: 'DATABASE_NOT_REPLACEABLE',
      kind: 'refused',
      message: `${database} could not be replaced by its migrated copy: ${said}`,
      hint: 'Nothing was changed. Where the file itself is a mount (a subPath of a volume), mount its folder instead.',
    }),
  needsExtension: (database: string, said: string) =>
    new DojoError({
      code: 'DATABASE_NEEDS_EXTENSION',
      kind: 'refused',
      message: `${database} needs an extension that is not loaded here: ${said}`,
      hint: 'Nothing was changed, and nothing is wrong with it. Let the application, which has the extension, drop what needs it (such as an index), and make it again afterwards.',
    }),
  encrypted: (database: string) =>
    new DojoError({
      code: 'DATABASE_ENCRYPTED',
      kind: 'refused',
      message: `${database} is encrypted, and there is no key here`,
      hint: 'Nothing was changed, and nothing is wrong with it. An encrypted database cannot be migrated here: let the application do it, or write it without a key (ATTACH both, COPY FROM DATABASE).',
    }),
  ownerLost: (database: string, owner: number, user: number) =>
    new DojoError({
      code: 'DATABASE_OWNER_LOST',
      kind: 'denied',
      message: `${database} belongs to user ${owner}, and the copy that takes its place would belong to user ${user}: ${owner} could not write it any more`,
      hint: `Nothing was changed. Run as user ${owner}, or as root; or let a group that both are in read and write the database.`,
    }),
  verification: (database: string, what: string) =>
    new DojoError({
      code: 'DATABASE_VERIFICATION_FAILED',
      kind: 'refused',
      message: `the migrated copy of ${database} is not what it should be: ${what}; it was thrown away`,
      hint: 'Nothing was changed. This should not happen: please report it with the migrations.',
    }),
  appliedTableForeign: (database: string, why: string) =>
    new DojoError({
      code: 'DATABASE_APPLIED_TABLE_FOREIGN',
      kind: 'refused',
      message: `the table applied_migrations of ${database} cannot be used: ${why}`,
      hint: 'It needs a column id VARCHAR, and every other NOT NULL column of it a default.',
    }),
  /** `name`: of one of the two tables. */
  appliedTableReplaced: (database: string, name: string) =>
    new DojoError({
      code: 'DATABASE_APPLIED_TABLE_FOREIGN',
      kind: 'refused',
      message: `${name} of ${database} is a view, and only a table tells what is applied`,
      hint: 'Nothing was read through it. Drop or rename the view; the run makes the table where it is missing.',
    }),
  backupMissing: (database: string, id: string, present: readonly string[]) =>
    new DojoError({
      code: 'DATABASE_BACKUP_MISSING',
      kind: 'not-found',
      message: `${database} has no backup ${id}; it has ${
        present.slice(0, 5).join(', ') || 'none'
      }`,
      hint: 'Name one of the backups that exist.',
    }),
  statementFailed: (options: {
    readonly place: string;
    readonly verb: string;
    readonly said: string;
    readonly hint?: string;
  }) =>
    new DojoError({
      code: 'MIGRATION_STATEMENT_FAILED',
      kind: 'refused',
      message: `${options.place}: ${options.verb} failed: ${options.said}`,
      hint:
        options.hint ??
        'The database is as it was. Correct the migration, and run it again.',
    }),
  commitFailed: (path: string, said: string, hint?: string) =>
    new DojoError({
      code: 'MIGRATION_COMMIT_FAILED',
      kind: 'refused',
      message: `${path}: its COMMIT failed: ${said}`,
      hint:
        hint ??
        'The database is as it was. Correct the migration (-- dojo:split runs a transaction per statement), and run it again.',
    }),
  /** `place`: where its table was altered last. */
  constraintBroken: (place: string | undefined, what: string) =>
    new DojoError({
      code: 'MIGRATION_CONSTRAINT_BROKEN',
      kind: 'refused',
      message: `${
        place === undefined ? '' : `${place}: `
      }${what} afterwards, and DuckDB does not look at it`,
      hint: 'The database is as it was. Make the table anew instead of altering it, or give every row a value that the constraint takes.',
    }),
  /** `answer`: what was asked for and should not be there, such as `3 rows`. */
  assertFailed: (
    { path, line }: { readonly path: string; readonly line: number },
    answer: string,
  ) =>
    new DojoError({
      code: 'MIGRATION_ASSERT_FAILED',
      kind: 'refused',
      message: `${path} line ${line} failed its check: ${answer}`,
      hint: 'The database is as it was. Change the migration, or what its check found: it passes with no row, or with one row of one value that is TRUE.',
    }),
};
