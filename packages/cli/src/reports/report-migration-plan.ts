import type {
  MigrationPlan,
  MigrationShows,
  Rehearsal,
  ShownMigration,
  ShownStatement,
} from 'backstage-plugin-dojo-common';
import { formatBytes } from './format-bytes';
import { formatDuration } from './format-duration';
import { textTable } from './text-table';

/** Rows of a table that are shown; `--json` has them all. */
const maxRows = 40;
/** Verbs of one migration that are shown. */
const maxVerbs = 4;

/** The database as it is: size, storage version, who made it, what is applied. */
export function databaseLines({ decides, shows }: MigrationPlan): string[] {
  const { database, engine } = shows;
  if (database === undefined) {
    const storage = decides.storageVersion;
    return [
      `${decides.database}: does not exist yet${
        storage ? `, will be written for DuckDB ${storage} and later` : ''
      }; DuckDB ${engine}`,
    ];
  }
  const wal =
    database.walBytes === 0 ? '' : ` + ${formatBytes(database.walBytes)} WAL`;
  const creator =
    database.creator === '' ? '' : ` by DuckDB ${database.creator}`;
  return [
    `${decides.database}: ${formatBytes(
      database.bytes,
    )}${wal}, storage version ${database.storage}${creator}, ${
      database.applied
    } applied; DuckDB ${engine}`,
  ];
}

/** What will run, a row each: statements, transaction, flags. */
export function pendingLines({
  migrations,
  findings,
}: MigrationShows): string[] {
  if (migrations.length === 0) return [];
  const table = textTable(
    [
      { title: 'file' },
      { title: 'statements', align: 'right' },
      { title: '' },
      { title: 'transaction' },
      { title: 'flags' },
    ],
    migrations
      .slice(0, maxRows)
      .map(migration => [
        migration.id,
        String(migration.statements.length),
        verbsOf(migration.statements),
        migration.transaction === 'one' ? 'one' : 'a statement each',
        flagsOf(migration).join(', '),
      ]),
  );
  // Lint has said it of those that it found out itself.
  const isTold = ({ file }: ShownMigration) =>
    findings.some(one => one.code === 'LINT_SPLIT' && one.file === file);
  const reasons = migrations
    .filter(one => one.transactionReason !== undefined && !isTold(one))
    .map(
      ({ id, transactionReason }) =>
        `  ${id} runs a statement per transaction: ${transactionReason}`,
    );
  return [
    `To run (${migrations.length})`,
    '',
    ...table,
    ...omitted(migrations.length),
    ...(reasons.length > 0 ? ['', ...reasons.slice(0, maxRows)] : []),
  ];
}

/**
 * What the files did on a private copy: rows and time of each statement, the disk that it takes.
 * @param isPublished - the copy has taken the database's place.
 */
export function rehearsalLines(
  rehearsal: Rehearsal,
  files: ReadonlyMap<string, string>,
  isPublished: boolean,
): string[] {
  const { statements, duration, diskBytes, sizeAfter, split } = rehearsal;
  const table = textTable(
    [
      { title: 'statement' },
      { title: '' },
      { title: 'rows', align: 'right' },
      { title: 'time', align: 'right' },
    ],
    statements
      .slice(0, maxRows)
      .map(statement => [
        `${files.get(statement.id) ?? `${statement.id}.sql`}:${statement.line}`,
        statement.verb,
        statement.rows === undefined
          ? ''
          : statement.rows.toLocaleString('en-US'),
        formatDuration(statement.duration),
      ]),
  );
  return [
    `${isPublished ? 'Ran' : 'Rehearsed'} on a private copy in ${formatDuration(
      duration,
    )}: ${isPublished ? 'needed' : 'needs'} ${formatBytes(
      diskBytes,
    )} beside the database, which ${
      isPublished ? 'has' : 'will have'
    } ${formatBytes(sizeAfter)}`,
    ...(statements.length > 0 ? ['', ...table] : []),
    ...omitted(statements.length),
    ...split.map(id => `  ${id} could only run a statement per transaction`),
  ];
}

/** Backups beside the database, newest first, and what is special about one. */
export function backupLines({ backups }: MigrationShows): string[] {
  if (backups.length === 0) return [];
  return [
    `Backups (${backups.length})`,
    '',
    ...textTable(
      [
        { title: 'id' },
        { title: 'at' },
        { title: 'size', align: 'right' },
        { title: '' },
      ],
      backups.map(({ id, head, bytes, isReplaced, isDatabase }) => [
        id,
        head ?? 'no migration',
        formatBytes(bytes),
        [
          ...(isReplaced ? ['replaced by a restore'] : []),
          ...(isDatabase ? ['is the database now'] : []),
        ].join(', '),
      ]),
    ),
  ];
}

function verbsOf(statements: readonly ShownStatement[]): string {
  const verbs = statements.slice(0, maxVerbs).map(({ verb }) => verb);
  return [...verbs, ...(statements.length > maxVerbs ? ['…'] : [])].join(', ');
}

function flagsOf({
  breaking,
  irreversible,
  asserts,
}: ShownMigration): string[] {
  return [
    ...(breaking ? ['breaking'] : []),
    ...(irreversible ? ['irreversible'] : []),
    ...(asserts.length > 0 ? [`asserts: ${asserts.length}`] : []),
  ];
}

function omitted(rows: number): string[] {
  return rows > maxRows ? [`  … ${rows - maxRows} more (--json has them)`] : [];
}
